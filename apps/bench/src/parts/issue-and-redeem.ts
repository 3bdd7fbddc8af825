import { join } from 'node:path';
import { percentile, show } from '../report/statistics.ts';
import type { Section } from '../report/markdown.ts';
import { signIn } from '../system/admin.ts';
import { makeSecret, startNode } from '../system/latchkey.ts';
import type { Run } from './run.ts';

interface Issued {
  link: { url: string };
}

async function timed<T>(times: number[], work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const result = await work();
  times.push(performance.now() - start);
  return result;
}

/** Generating a key and redeeming its link, over REST, durably. */
export async function measureIssueAndRedeem(run: Run): Promise<Section> {
  const databases = {
    SQLite: `sqlite:${join(run.folder, 'issue.db')}`,
    PostgreSQL: await run.postgresql.makeDatabase(),
  };
  const rows: string[][] = [];
  for (const [engine, databaseUrl] of Object.entries(databases)) {
    const node = await startNode({ databaseUrl, secret: makeSecret() });
    try {
      const admin = await signIn(node.url);
      const generated: number[] = [];
      const redeemed: number[] = [];
      const start = performance.now();
      const issueOne = async (name: string) => {
        const { link } = await timed(generated, () =>
          admin.send<Issued>('POST', '/v1/accounts/acme/keys', { name, roleIds: [] }),
        );
        const linkToken = link.url.split('/').at(-1) ?? '';
        await timed(redeemed, () => admin.send('POST', `/v1/credentials/${linkToken}/redeem`));
      };
      const admins = Array.from({ length: 4 }, async (_, who) => {
        for (let time = 0; time < run.rounds * 20; time += 1) {
          await issueOne(`Key ${String(who)}.${String(time)}`);
        }
      });
      await Promise.all(admins);
      const seconds = (performance.now() - start) / 1000;
      const row = (what: string, times: readonly number[]) => [
        `${what}, ${engine}`,
        show(percentile(times, 0.5)),
        show(percentile(times, 0.99)),
        show(percentile(times, 0.999)),
        show(times.length / seconds),
      ];
      rows.push(row('generate a key', generated), row('redeem its link', redeemed));
    } finally {
      await node.child.stop('SIGKILL');
    }
  }
  return {
    title: 'Generate and redeem',
    text: 'Four administrators of one account at the same time, each generating a key and redeeming its link, over REST with its audit events, every commit on disk. Changes of one account happen one after the other (its audit chain), so this is what one account does at the most; accounts do not wait for each other on PostgreSQL.',
    table: { head: ['', 'p50 ms', 'p99 ms', 'p99.9 ms', 'a second'], rows },
  };
}
