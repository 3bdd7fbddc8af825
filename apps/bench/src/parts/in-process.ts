import { hash } from 'node:crypto';
import { join } from 'node:path';
import { createVerifier } from '@latchkey/client/verifier';
import { ratios, show, showSpread, spread } from '../report/statistics.ts';
import type { Section } from '../report/markdown.ts';
import { openPeer } from '../peer/better-auth.ts';
import { signIn } from '../system/admin.ts';
import { makeSecret, startNode } from '../system/latchkey.ts';
import type { Run } from './run.ts';

/** Nanoseconds that one call takes, over a fifth of a second. */
function measure(call: (index: number) => unknown): number {
  let calls = 0;
  const start = performance.now();
  let now = start;
  while (now - start < 200) {
    for (let index = 0; index < 1000; index += 1) call(index);
    calls += 1000;
    now = performance.now();
  }
  return ((now - start) / calls) * 1_000_000;
}

async function measureLater(call: () => Promise<unknown>): Promise<number> {
  let calls = 0;
  const start = performance.now();
  while (performance.now() - start < 500) {
    await call();
    calls += 1;
  }
  return ((performance.now() - start) / calls) * 1_000_000;
}

/** Bytes that one call leaves on the heap before anything is collected. */
function measureGarbage(call: (index: number) => unknown): number {
  const calls = 20_000;
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  for (let index = 0; index < calls; index += 1) call(index);
  return Math.max(0, (process.memoryUsage().heapUsed - before) / calls);
}

/** A warm in-process verification beside one SHA-256 of the token, and beside better-auth's in process. */
export async function measureInProcess(run: Run): Promise<Section> {
  const node = await startNode({
    databaseUrl: `sqlite:${join(run.folder, 'in-process.db')}`,
    secret: makeSecret(),
  });
  const admin = await signIn(node.url);
  const roles = await admin.send<{ items: { id: string }[] }>('GET', '/v1/accounts/acme/roles');
  const roleIds = roles.items.slice(0, 1).map(({ id }) => id);
  const credentials = await Promise.all(
    Array.from({ length: 40 }, async (_, index) => admin.makeKey(`Key ${String(index)}`, roleIds)),
  );
  const own = credentials[0]?.token ?? '';
  const verifier = createVerifier({ url: node.url, account: 'acme', token: own });
  const peer = await openPeer(join(run.folder, 'peer.db'), 'normal');
  try {
    // Until the stream is open and every credential was seen since.
    const isWarm = () =>
      credentials.every((credential) => !(verifier.verify(credential) instanceof Promise));
    for (let tries = 0; tries < 50 && !isWarm(); tries += 1) {
      await Promise.all(credentials.map(async (credential) => verifier.verify(credential)));
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const of = (index: number) => credentials[index % credentials.length] ?? { token: '' };
    const bare = (index: number) => hash('sha256', of(index).token, 'base64url');
    const warm = (index: number) => verifier.verify(of(index), 'keys.view');
    const times = { bare: [] as number[], warm: [] as number[], peer: [] as number[] };
    for (let round = 0; round < run.rounds; round += 1) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      times.bare.push(measure(bare));
      times.warm.push(measure(warm));
      times.peer.push(await measureLater(() => peer.verify(peer.key)));
    }
    const garbage = measureGarbage(warm) - measureGarbage(bare);
    const row = (what: string, nanoseconds: readonly number[]) => [
      what,
      showSpread(spread(nanoseconds.map((value) => value / 1000)), ' µs'),
      show(1e9 / spread(nanoseconds).median),
      showSpread(spread(ratios(nanoseconds, times.bare)), '×'),
    ];
    return {
      title: 'In process',
      goals: [
        {
          what: 'a warm verification in process beside one SHA-256 of the token: at most 2×',
          measured: showSpread(spread(ratios(times.warm, times.bare)), '×'),
          reached: spread(ratios(times.warm, times.bare)).median <= 2,
        },
      ],
      text: `A warm verification with \`@latchkey/client/verifier\` (40 credentials in turn, one permission checked, the use counted) beside one \`crypto.hash('sha256', token)\`, which is a part of it. Goal: at most 2×. Beyond the hash's own, a verification leaves ${show(Math.max(0, garbage))} bytes of garbage.`,
      table: {
        head: ['', 'a call', 'calls/s', 'beside the hash'],
        rows: [
          row('SHA-256 of the token', times.bare),
          row('Latchkey, in process, warm', times.warm),
          row(
            'better-auth api-key, in process, SQLite that does not wait for the disk',
            times.peer,
          ),
        ],
      },
    };
  } finally {
    await verifier.close();
    peer.close();
    await node.child.stop('SIGKILL');
  }
}
