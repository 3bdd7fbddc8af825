import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { RequestHandler } from 'express';
import { routeOf } from './route-of.ts';

const tracer = trace.getTracer('latchkey');

/** Tells of each request as a span, below the caller's own where they sent one along (W3C Trace Context). */
export const traceRequests: RequestHandler = (request, response, next) => {
  const parent = propagation.extract(context.active(), request.headers);
  const { method } = request;
  const span = tracer.startSpan(method, { kind: SpanKind.SERVER }, parent);
  response.on('close', () => {
    const route = routeOf(request);
    const status = response.statusCode;
    span.updateName(`${method} ${route}`);
    span.setAttributes({
      'http.request.method': method,
      'http.route': route,
      'http.response.status_code': status,
    });
    if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  });
  context.with(trace.setSpan(parent, span), next);
};
