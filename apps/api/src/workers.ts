import cluster, { type Worker } from 'node:cluster';
import { RateLimiterClusterMaster } from 'rate-limiter-flexible';
import { z } from 'zod';

/** A worker that ends within this after it listens, or before it does, did not start, in milliseconds: another one would not either. */
const shortestLife = 2000;

/**
 * Whether each worker has a socket of its own on the shared port, among which the kernel divides the connections. The other way, in which
 * the parent hands them on, leaves the connection hanging that a worker was given just before it died; here it is reset.
 */
export const ownSockets = process.platform === 'linux';

/** What a worker tells its parent. */
const listeningMessage = z.object({ kind: z.literal('latchkey:listening') });

/** Tells the parent, if there is one, that this worker listens: it does not see that by itself. */
export function sayListening(): void {
  cluster.worker?.send({ kind: 'latchkey:listening' } satisfies z.infer<typeof listeningMessage>);
}

/**
 * Starts worker processes that share one port, and a new one for each that dies. What they count together, the limits of attempts, is
 * kept here. Ends when all have ended after a signal to stop.
 *
 * @param onReady is called once, when all of them listen.
 */
export function startWorkers(count: number, onReady: () => void): void {
  void new RateLimiterClusterMaster();
  /** Since when each worker listens. */
  const listening = new Map<number, number>();
  let ready = false;
  let stopping = false;

  const stop = (signal: NodeJS.Signals) => {
    if (stopping) return;
    stopping = true;
    for (const worker of Object.values(cluster.workers ?? {})) worker?.process.kill(signal);
  };

  cluster.on('message', ({ id }: Worker, message: unknown) => {
    if (!listeningMessage.safeParse(message).success) return;
    listening.set(id, performance.now());
    if (ready || listening.size < count) return;
    ready = true;
    onReady();
  });
  cluster.on('exit', ({ id }: Worker, code: number) => {
    const life = performance.now() - (listening.get(id) ?? Infinity);
    listening.delete(id);
    if (stopping) return;
    if (life > shortestLife) {
      cluster.fork();
      return;
    }
    process.exitCode = code || 1;
    stop('SIGTERM');
  });
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  for (let started = 0; started < count; started += 1) cluster.fork();
}
