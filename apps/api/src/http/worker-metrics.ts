import cluster from 'node:cluster';
import { AggregatorRegistry, type Registry } from 'prom-client';
import { z } from 'zod';

/** How long a worker waits for the sums of all, in milliseconds. */
const patience = 5000;

const kind = 'latchkey:metrics';
const question = z.object({ kind: z.literal(kind), id: z.number() });
const answer = question.extend({ text: z.string() });

/** Whoever asks a node for its metrics asks one worker: let the parent process add all of them up. */
export function sumMetricsOfWorkers(): void {
  const sums = new AggregatorRegistry();
  cluster.on('message', (worker, message: unknown) => {
    const asked = question.safeParse(message);
    if (!asked.success) return;
    sums.clusterMetrics().then(
      (text) => void worker.send({ ...asked.data, text }),
      // Not all of them answered; whoever asked stops waiting by itself.
      () => undefined,
    );
  });
}

/** Lets the parent process have a worker's metrics. @returns how to read those of the whole node: this process's alone when it is no worker. */
export function shareMetrics(registry: Registry): () => Promise<string> {
  if (!cluster.isWorker) return async () => registry.metrics();
  void new AggregatorRegistry();
  AggregatorRegistry.setRegistries([registry]);
  let asked = 0;
  return async () =>
    new Promise((resolve, reject) => {
      asked += 1;
      const id = asked;
      const end = () => {
        clearTimeout(clock);
        process.off('message', hear);
      };
      const hear = (message: unknown) => {
        const heard = answer.safeParse(message);
        if (!heard.success || heard.data.id !== id) return;
        end();
        resolve(heard.data.text);
      };
      const clock = setTimeout(() => {
        end();
        reject(new Error('The workers did not all tell their metrics in time.'));
      }, patience);
      process.on('message', hear);
      process.send?.({ kind, id });
    });
}
