import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { withinPatience } from './within-patience.ts';

it('takes an answer that came while the process stood still, however long that was', async () => {
  const [asked, answered] = [0, 1];
  const flags = new Int32Array(new SharedArrayBuffer(8));
  const other = new Worker(
    `const { parentPort, workerData } = require('node:worker_threads');
    Atomics.wait(workerData, ${String(asked)}, 0);
    parentPort.postMessage('an answer');
    Atomics.store(workerData, ${String(answered)}, 1);
    Atomics.notify(workerData, ${String(answered)});`,
    { eval: true, workerData: flags },
  );
  await once(other, 'online');
  await setImmediate();
  const answer = once(other, 'message');
  const begun = performance.now();
  const waiting = withinPatience(answer, 10, 'too late');
  Atomics.store(flags, asked, 1);
  Atomics.notify(flags, asked);
  // Nothing is read from here on, until the answer is there and the patience has ended.
  Atomics.wait(flags, answered, 0);
  while (performance.now() < begun + 20);
  await expect(waiting).resolves.toEqual(['an answer']);
  await other.terminate();
});

it('gives up an answer that does not come', async () => {
  const never = new Promise<void>(() => undefined);
  await expect(withinPatience(never, 10, 'too late')).rejects.toThrow('too late');
});

it('passes on why there is no answer', async () => {
  const broken = Promise.reject(new Error('broken'));
  await expect(withinPatience(broken, 10, 'too late')).rejects.toThrow('broken');
});
