import type { RequestHandler } from 'express';
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';
import {
  endpoints,
  makeTraffic,
  outcomes,
  timedOneIn,
  type Traffic,
} from '../verification/traffic.ts';
import { shareMetrics } from './worker-metrics.ts';

export interface Metrics {
  duration: Histogram<'method' | 'route' | 'status'>;
  /** What the verification path counts by itself. */
  traffic: Traffic;
  answer: RequestHandler;
}

/** The verification path counts in plain numbers, which are read when Prometheus asks. */
function makeVerificationMetrics(registry: Registry): Traffic {
  const duration = new Histogram({
    name: 'latchkey_verification_duration_seconds',
    help: `How long verifications took, by endpoint: one in ${String(timedOneIn)} is timed, from its dispatch to its answer.`,
    labelNames: ['endpoint'] as const,
    buckets: [0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.25, 1],
    registers: [registry],
  });
  const traffic = makeTraffic((endpoint, seconds) => duration.observe({ endpoint }, seconds));
  const ended = new Counter({
    name: 'latchkey_verifications_total',
    help: 'Requests for verification, by endpoint and how they ended.',
    labelNames: ['endpoint', 'outcome'] as const,
    registers: [],
    collect() {
      this.reset();
      for (const endpoint of endpoints) {
        for (const outcome of outcomes) {
          this.inc({ endpoint, outcome }, traffic.ended[endpoint][outcome]);
        }
      }
    },
  });
  const lookUps = new Counter({
    name: 'latchkey_verification_lookups_total',
    help: 'Credentials that no cache knew, so that the database was asked.',
    registers: [],
    collect() {
      this.reset();
      this.inc(traffic.lookUps);
    },
  });
  registry.registerMetric(ended);
  registry.registerMetric(lookUps);
  return traffic;
}

/** What Prometheus reads: the process, how long requests took by route, and verification. Nothing of a request's own content is a label. */
export function makeMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const duration = new Histogram({
    name: 'latchkey_http_request_duration_seconds',
    help: 'How long requests took, by method, route and status.',
    labelNames: ['method', 'route', 'status'] as const,
    registers: [registry],
  });
  const traffic = makeVerificationMetrics(registry);
  const read = shareMetrics(registry);
  const answer: RequestHandler = async (_request, response) => {
    response.type(registry.contentType).send(await read());
  };
  return { duration, traffic, answer };
}
