import { createVerifier } from '@latchkey/client/verifier';
import { percentile, show } from '../report/statistics.ts';
import type { Section } from '../report/markdown.ts';
import { signIn, type Credential } from '../system/admin.ts';
import { makeSecret, startNode } from '../system/latchkey.ts';
import type { Run } from './run.ts';

async function codeAt(url: string, { token }: Credential): Promise<string> {
  const answer = await fetch(`${url}/v1/verify`, {
    method: 'POST',
    body: JSON.stringify({ token }),
  });
  return ((await answer.json()) as { code: string }).code;
}

/** Milliseconds until the question is answered with yes. */
async function until(ask: () => Promise<boolean>, start: number): Promise<number> {
  while (!(await ask())) if (performance.now() - start > 10_000) return Infinity;
  return performance.now() - start;
}

/** How long a key that was switched off on one node is still accepted: there, on another node, and in a service's own process. */
export async function measureRevocation(run: Run): Promise<Section> {
  const databaseUrl = await run.postgresql.makeDatabase();
  const secret = makeSecret();
  const one = await startNode({ databaseUrl, secret });
  const other = await startNode({ databaseUrl, secret });
  const admin = await signIn(one.url);
  const roles = await admin.send<{ items: { id: string }[] }>('GET', '/v1/accounts/acme/roles');
  const own = await admin.makeKey(
    'Verifier',
    roles.items.slice(0, 1).map(({ id }) => id),
  );
  const verifier = createVerifier({ url: other.url, account: 'acme', token: own.token });
  const key = await admin.makeKey('To be switched off');
  const path = `/v1/accounts/acme/keys/${key.id}`;
  const delays = { same: [] as number[], other: [] as number[], process: [] as number[] };
  try {
    const isOn = async () =>
      (await codeAt(one.url, key)) === 'VALID' &&
      (await codeAt(other.url, key)) === 'VALID' &&
      (await verifier.verify(key)).valid;
    for (let time = 0; time < run.rounds * 20; time += 1) {
      await until(isOn, performance.now());
      await admin.send('POST', `${path}/deactivate`);
      const start = performance.now();
      const refusedAt = (url: string) => async () => (await codeAt(url, key)) === 'INACTIVE';
      const [there, same, here] = await Promise.all([
        until(refusedAt(other.url), start),
        until(refusedAt(one.url), start),
        until(async () => {
          // Gives way to the stream's own events.
          await new Promise((resolve) => setImmediate(resolve));
          return !(await verifier.verify(key)).valid;
        }, start),
      ]);
      delays.same.push(same);
      delays.other.push(there);
      delays.process.push(here);
      await admin.send('POST', `${path}/activate`);
    }
  } finally {
    await verifier.close();
    await other.child.stop('SIGKILL');
    await one.child.stop('SIGKILL');
  }
  const row = (where: string, values: readonly number[]) => [
    where,
    show(percentile(values, 0.5)),
    show(percentile(values, 0.99)),
    show(Math.max(...values)),
  ];
  return {
    title: 'Revocation',
    text: `Two nodes on one PostgreSQL. A key is deactivated on one of them ${String(delays.same.length)} times; from the moment its administrator has the answer, everybody is asked again and again until they refuse. The time of the refusing question is in the figure: about a millisecond over HTTP. Goal: p99 of at most 1,000 ms.`,
    table: {
      head: ['refused', 'p50 ms', 'p99 ms', 'longest ms'],
      rows: [
        row('on the node that did it', delays.same),
        row('on the other node', delays.other),
        row('in a service’s own process, following the other node', delays.process),
      ],
    },
  };
}
