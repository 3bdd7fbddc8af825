import { SpanStatusCode, trace } from '@opentelemetry/api';
import type { Store } from '@latchkey/core';

const tracer = trace.getTracer('latchkey');

/** Tells of each transaction of a store as a span, the wait for its account's lock among it. */
export function traceTransactions(store: Store): Store {
  return {
    ...store,
    transaction: async (work) =>
      tracer.startActiveSpan('transaction', async (span) => {
        try {
          return await store.transaction(work);
        } catch (error) {
          span.setStatus({ code: SpanStatusCode.ERROR });
          throw error;
        } finally {
          span.end();
        }
      }),
  };
}
