import { createVerifier } from '@latchkey/client/verifier';
import { percentile, show } from '../report/statistics.ts';
import type { Section } from '../report/markdown.ts';
import { signIn, type Credential } from '../system/admin.ts';
import { endings, needed } from '../system/endings.ts';
import { makeSecret, startNode } from '../system/latchkey.ts';
import { ask } from '../system/verdicts.ts';
import type { Run } from './run.ts';

const isValidAt = async (url: string, key: Credential): Promise<boolean> =>
  (await ask(url, key)) === 'VALID';

/** Milliseconds until the question is answered with yes. */
async function until(isSo: () => Promise<boolean>, start: number): Promise<number> {
  while (!(await isSo())) if (performance.now() - start > 10_000) return Infinity;
  return performance.now() - start;
}

/** The longest that may pass at the 99th percentile, in milliseconds. */
const goal = 1000;

/** How long a key that lost its access on one node is still accepted: there, on another node, and in a service's own process. */
export async function measureRevocation(run: Run): Promise<Section> {
  const databaseUrl = await run.postgresql.makeDatabase();
  const secret = makeSecret();
  const one = await startNode({ databaseUrl, secret });
  const other = await startNode({ databaseUrl, secret });
  const admin = await signIn(one.url);
  const roles = await admin.send<{ items: { id: string }[] }>('GET', '/v1/accounts/acme/roles');
  const roleIds = roles.items.slice(0, 1).map(({ id }) => id);
  const own = await admin.makeKey('Verifier', roleIds);
  const verifier = createVerifier({ url: other.url, account: 'acme', token: own.token });
  const places = {
    'on the node that did it': (key: Credential) => isValidAt(one.url, key),
    'on the other node': (key: Credential) => isValidAt(other.url, key),
    'in a service’s own process, following the other node': async (key: Credential) => {
      // Gives way to the stream's own events.
      await new Promise((resolve) => setImmediate(resolve));
      return (await verifier.verify(key, needed)).valid;
    },
  } as const;
  const delays = new Map<string, number[]>();
  const note = (name: string, delay: number) => {
    delays.set(name, [...(delays.get(name) ?? []), delay]);
  };
  try {
    for (let time = 0; time < run.rounds * 10; time += 1) {
      for (const { name, end } of endings) {
        const key = await admin.makeKey(`${name} ${String(time)}`, roleIds);
        for (const isValid of Object.values(places)) {
          await until(() => isValid(key), performance.now());
        }
        await end(admin, `/v1/accounts/acme/keys/${key.id}`);
        const start = performance.now();
        await Promise.all(
          Object.entries(places).map(async ([place, isValid]) => {
            note(`${name}, ${place}`, await until(async () => !(await isValid(key)), start));
          }),
        );
      }
    }
  } finally {
    await verifier.close();
    await other.child.stop('SIGKILL');
    await one.child.stop('SIGKILL');
  }
  const worst = Math.max(...[...delays.values()].map((values) => percentile(values, 0.99)));
  const row = (where: string, values: readonly number[]) => [
    where,
    show(percentile(values, 0.5)),
    show(percentile(values, 0.99)),
    show(Math.max(...values)),
  ];
  return {
    title: 'Revocation',
    goals: [
      {
        what: `a key that lost its access is refused everywhere within ${show(goal)} ms, at p99`,
        measured: `${show(worst)} ms where it took longest`,
        reached: worst <= goal,
      },
    ],
    text: `Two nodes on one PostgreSQL. On one of them ${String(run.rounds * 10)} keys are deactivated, as many deleted, and as many stripped of their role; from the moment its administrator has the answer, everybody is asked again and again until they refuse. The time of the refusing question is in the figure: about a millisecond over HTTP. Goal: p99 of at most ${show(goal)} ms.`,
    table: {
      head: ['refused', 'p50 ms', 'p99 ms', 'longest ms'],
      rows: [...delays].map(([name, values]) => row(name, values)),
    },
  };
}
