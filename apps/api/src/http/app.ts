import { createExpressMiddleware } from '@trpc/server/adapters/express';
import express, { type ErrorRequestHandler, type Express } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { describeFault } from '../contract/outage.ts';
import { readRefusal } from '../trpc/refusal-error.ts';
import { appRouter } from '../trpc/router.ts';
import type { CredentialHeaderNames } from '../verification/credential-headers.ts';
import { callbackPath } from '../people/openid-connect.ts';
import { makeDocs } from './docs.ts';
import type { Idempotency } from './idempotency.ts';
import type { Metrics } from './metrics.ts';
import { comeBackFromProvider } from './openid-connect.ts';
import { describeApi } from './openapi.ts';
import { allowOrigins } from './allow-origins.ts';
import { answerProblem } from './problem-answer.ts';
import type { MakeContext } from './request-context.ts';
import { logRequests } from './request-log.ts';
import { traceRequests } from './request-trace.ts';
import { requireJson } from './require-json.ts';
import { bodyLimit, makeRest } from './rest.ts';
import { refuseOtherOrigins } from './same-origin.ts';
import { makeSpa, type IsLinkOpen } from './spa.ts';

/** What the application is made of. */
export interface AppOptions {
  publicUrl: string;
  /** The hops whose word on the client's address is taken. */
  trustedProxies: readonly string[];
  /** Other origins whose pages may call REST, never with a session. */
  corsOrigins: readonly string[];
  headerNames: CredentialHeaderNames;
  makeContext: MakeContext;
  idempotency: Idempotency;
  /** The folder of the SPA's build; without it the API stands alone. */
  spaFolder?: string;
  isLinkOpen: IsLinkOpen;
  metrics: Metrics;
  /** Resolves when the database answers. */
  ping: () => Promise<void>;
  logger: Logger;
}

/** Express's own refusals: a body that is too large, no JSON, of an unknown encoding, or a path that cannot be decoded. */
function statusOf(error: unknown): number {
  return typeof error === 'object' && error !== null && 'status' in error
    ? Number(error.status)
    : 500;
}

function isNoJson(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'type' in error &&
    error.type === 'entity.parse.failed'
  );
}

function answerErrors(logger: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const status = statusOf(error);
    if (status === 413) {
      const detail = `The body is larger than ${bodyLimit}.`;
      answerProblem(response, { code: 'PAYLOAD_TOO_LARGE', detail });
    } else if (status === 415) {
      const detail = 'The body comes in an encoding that is not known here. Send UTF-8.';
      answerProblem(response, { code: 'UNSUPPORTED_MEDIA_TYPE', detail });
    } else if (status === 404) {
      answerProblem(response, { code: 'NOT_FOUND', detail: 'There is nothing here.' });
    } else if (status >= 400 && status < 500) {
      const detail = isNoJson(error) ? 'The body is not JSON.' : 'The request cannot be read.';
      answerProblem(response, { code: 'VALIDATION_FAILED', detail });
    } else {
      logger.error({ err: error }, 'request failed');
      answerProblem(response, describeFault(error));
    }
  };
}

/** Everything over HTTP but verification: the two doors of the API, its reference, health, metrics and the SPA. */
export function makeApp(options: AppOptions): Express {
  const {
    headerNames,
    idempotency,
    isLinkOpen,
    logger,
    makeContext,
    metrics,
    ping,
    publicUrl,
    trustedProxies,
    corsOrigins,
    spaFolder,
  } = options;
  const onError = (error: unknown) => logger.error({ err: error }, 'request failed');
  const app = express();
  app.disable('x-powered-by');
  app.enable('case sensitive routing');
  // Entity tags are versions of what an admin edits; nothing else has one.
  app.disable('etag');
  app.set('trust proxy', [...trustedProxies]);
  app.set('query parser', 'simple');
  app.use(traceRequests, logRequests(logger, metrics));
  app.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          scriptSrc: ["'self'"],
          styleSrc: ["'self'"],
          imgSrc: ["'self'", 'data:'],
          fontSrc: ["'self'"],
          connectSrc: ["'self'"],
          manifestSrc: ["'self'"],
          formAction: ["'self'"],
          baseUri: ["'none'"],
          frameAncestors: ["'none'"],
          // No text becomes a script or markup, whichever library tries.
          requireTrustedTypesFor: ["'script'"],
          trustedTypes: ["'none'"],
        },
      },
      referrerPolicy: { policy: 'no-referrer' },
      frameguard: { action: 'deny' },
      strictTransportSecurity: publicUrl.startsWith('https:'),
    }),
  );

  app.get('/healthz', (_request, response) => void response.json({ status: 'alive' }));
  app.get('/readyz', async (_request, response) => {
    try {
      await ping();
      response.json({ status: 'ready' });
    } catch (error) {
      onError(error);
      response.status(503).json({ status: 'unavailable' });
    }
  });
  app.get('/metrics', metrics.answer);
  app.use('/docs', makeDocs());

  const document = describeApi(publicUrl, headerNames);
  app.get('/v1/openapi.json', (_request, response) => void response.json(document));
  if (corsOrigins.length > 0) app.use('/v1', allowOrigins(corsOrigins));
  app.use(['/v1', '/trpc'], refuseOtherOrigins(publicUrl, headerNames));
  app.use('/v1', makeRest({ makeContext, idempotency, onError }));
  app.use(
    '/trpc',
    requireJson,
    createExpressMiddleware({
      router: appRouter,
      createContext: ({ req, res }) => makeContext(req, res),
      maxBodySize: 256 * 1024,
      onError: ({ error }) => {
        if (error.code === 'INTERNAL_SERVER_ERROR') onError(error.cause ?? error);
      },
      responseMeta: ({ errors }) => {
        const waits = errors.map((error) => readRefusal(error).retryAfter ?? 0);
        const headers = new Headers({ 'Cache-Control': 'no-store' });
        if (Math.max(...waits) > 0) headers.set('Retry-After', String(Math.max(...waits)));
        return { headers };
      },
    }),
  );
  app.get(callbackPath, comeBackFromProvider(publicUrl, makeContext));
  app.use('/v1', (_request, response) => {
    const detail = 'There is no such operation. /docs lists them all.';
    answerProblem(response, { code: 'NOT_FOUND', detail });
  });
  if (spaFolder !== undefined) app.use(makeSpa(spaFolder, isLinkOpen));
  app.use((_request, response) => {
    answerProblem(response, { code: 'NOT_FOUND', detail: 'There is nothing here.' });
  });
  app.use(answerErrors(logger));
  return app;
}
