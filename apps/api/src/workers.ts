import cluster, { type Worker } from 'node:cluster';
import { RateLimiterClusterMaster } from 'rate-limiter-flexible';

/** A worker that lives shorter than this did not start, in milliseconds: another one would not either. */
const shortestLife = 2000;

/**
 * Starts worker processes that share one port, and a new one for each that dies. What they count together, the limits of attempts, is
 * kept here. Ends when all have ended after a signal to stop.
 *
 * @param onReady is called once, when all of them listen.
 */
export function startWorkers(count: number, onReady: () => void): void {
  void new RateLimiterClusterMaster();
  const born = new Map<number, number>();
  const listening = new Set<number>();
  let stopping = false;

  const forkOne = () => {
    born.set(cluster.fork().id, performance.now());
  };

  const stop = (signal: NodeJS.Signals) => {
    if (stopping) return;
    stopping = true;
    for (const worker of Object.values(cluster.workers ?? {})) worker?.process.kill(signal);
  };

  cluster.on('listening', ({ id }: Worker) => {
    const before = listening.size;
    listening.add(id);
    if (before < count && listening.size === count) onReady();
  });
  cluster.on('exit', ({ id }: Worker, code: number) => {
    const age = performance.now() - (born.get(id) ?? 0);
    born.delete(id);
    if (stopping) return;
    if (age > shortestLife) {
      forkOne();
      return;
    }
    process.exitCode = code || 1;
    stop('SIGTERM');
  });
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  for (let started = 0; started < count; started += 1) forkOne();
}
