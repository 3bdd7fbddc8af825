import { setTimeout as delay } from 'node:timers/promises';
import { signIn, type Admin, type Credential } from '../system/admin.ts';
import { makeSecret, startNode, type Node } from '../system/latchkey.ts';
import { startPostgresql } from '../system/postgresql.ts';
import { ask } from './verdicts.ts';
import { Ledger } from './ledger.ts';

/** How a run of chaos went. */
export interface ChaosResult {
  /** What must never be and was. */
  breaches: readonly string[];
  switchedOff: number;
  /** The longest that a switched-off key was accepted, in milliseconds. */
  longest: number;
  redemptions: number;
  questions: number;
  disasters: readonly string[];
}

/** How much chaos. */
export interface ChaosOptions {
  nodes: number;
  /** In milliseconds. */
  duration: number;
  say: (line: string) => void;
}

/** The server's default of `LATCHKEY_STALENESS`, in milliseconds. */
const staleness = 5000;

/** One that is asked about may have come to the server a little earlier than its answer began. */
const tolerance = 250;

type Disaster = readonly [name: string, strike: () => Promise<void>];

/**
 * Runs nodes on one PostgreSQL, switches keys off and lets links be redeemed by many at once, while nodes are killed and paused, connections
 * are cut and PostgreSQL is restarted. Everything that a node acknowledged must hold: no key accepted later than the bound, no link
 * redeemed twice, no change lost.
 */
export async function runChaos({
  nodes: count,
  duration,
  say,
}: ChaosOptions): Promise<ChaosResult> {
  const postgresql = await startPostgresql();
  const databaseUrl = await postgresql.makeDatabase();
  const secret = makeSecret();
  const nodes: Node[] = await Promise.all(
    Array.from({ length: count }, async () => startNode({ databaseUrl, secret })),
  );
  const ledger = new Ledger(staleness + tolerance);
  const disasters: string[] = [];
  const keys: Credential[] = [];
  const admin = await signIn(nodes[0]?.url ?? '');
  for (let made = 0; made < 30; made += 1) keys.push(await admin.makeKey(`Key ${String(made)}`));
  let questions = 0;
  let redemptions = 0;
  const over = new AbortController();
  const pick = <T>(from: readonly T[]): T | undefined =>
    from[Math.floor(Math.random() * from.length)];
  const anyUrl = () => pick(nodes)?.url ?? '';

  /** Asks every node about every key again and again, as services do. */
  async function verifyAll({ url }: Node): Promise<void> {
    while (!over.signal.aborted) {
      for (const key of keys) {
        if (over.signal.aborted) return;
        const askedAt = performance.now();
        const code = await ask(url, key);
        questions += 1;
        if (code === 'VALID') ledger.accepted(key.id, askedAt);
        if (code === undefined) await delay(50);
      }
    }
  }

  /** Tries on any node until one acknowledges. */
  async function insist<T>(work: (on: Admin) => Promise<T>): Promise<T | undefined> {
    while (!over.signal.aborted) {
      try {
        return await work(admin.at(anyUrl()));
      } catch {
        await delay(100);
      }
    }
    return undefined;
  }

  async function switchOff(): Promise<void> {
    for (const { id } of keys.slice(10)) {
      const done = await insist((on) => on.send('POST', `/v1/accounts/acme/keys/${id}/deactivate`));
      if (done !== undefined) ledger.switchedOff(id);
      await delay(duration / 40);
    }
  }

  /** Many readers at once, on all nodes: never two winners. */
  async function redeemAll(): Promise<void> {
    for (let round = 0; !over.signal.aborted; round += 1) {
      const issued = await insist((on) =>
        on.send<{ link: { url: string } }>('POST', '/v1/accounts/acme/keys', {
          name: `Link ${String(round)}`,
          roleIds: [],
        }),
      );
      if (!issued) return;
      const linkToken = issued.link.url.split('/').at(-1) ?? '';
      const answers = await Promise.allSettled(
        Array.from({ length: 8 }, async (_, reader) => {
          const { url } = nodes[reader % nodes.length] ?? { url: '' };
          const answer = await fetch(`${url}/v1/credentials/${linkToken}/redeem`, {
            method: 'POST',
            signal: AbortSignal.timeout(5000),
          });
          await answer.text();
          return answer.status;
        }),
      );
      const winners = answers.filter(
        (answer) => answer.status === 'fulfilled' && answer.value === 200,
      ).length;
      redemptions += winners;
      if (winners > 1) ledger.breached(`a link was redeemed ${String(winners)} times`);
      await delay(200);
    }
  }

  /** They strike one after the other, so that somebody is left to acknowledge. */
  const kinds: readonly Disaster[] = [
    [
      'SIGKILL a node and start it again',
      async () => {
        const at = 1 + Math.floor(Math.random() * (nodes.length - 1));
        const node = nodes[at];
        if (!node) return;
        await node.child.stop('SIGKILL');
        const again = await startNode({ databaseUrl, secret, port: node.port });
        node.child = again.child;
      },
    ],
    [
      'pause a node with SIGSTOP',
      async () => {
        const child = pick(nodes)?.child;
        child?.signal('SIGSTOP');
        await delay(Math.min(8000, duration / 4));
        child?.signal('SIGCONT');
      },
    ],
    [
      'cut every connection to PostgreSQL',
      async () =>
        postgresql.run(
          "select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'latchkey%'",
        ),
    ],
    ['restart PostgreSQL', async () => postgresql.restart()],
  ];

  async function strike(): Promise<void> {
    for (let turn = 0; !over.signal.aborted; turn += 1) {
      await delay(duration / 12);
      const kind = kinds[turn % kinds.length];
      if (over.signal.aborted || !kind) return;
      say(kind[0]);
      disasters.push(kind[0]);
      await kind[1]();
    }
  }

  try {
    const work = [...nodes.map(verifyAll), switchOff(), redeemAll(), strike()];
    await delay(duration);
    over.abort();
    await Promise.all(work);
    await delay(staleness);
    for (const { url } of nodes) {
      for (const key of keys) {
        const code = await ask(url, key, 5000);
        const expected = ledger.off.includes(key.id) ? 'INACTIVE' : 'VALID';
        if (code === expected || (expected === 'VALID' && code === 'INACTIVE')) continue;
        ledger.breached(`after the storm ${url} says ${String(code)} of a key that is ${expected}`);
      }
    }
    return {
      breaches: ledger.breaches,
      switchedOff: ledger.off.length,
      longest: ledger.longest,
      redemptions,
      questions,
      disasters,
    };
  } finally {
    over.abort();
    for (const { child } of nodes) await child.stop('SIGKILL');
    await postgresql.remove();
  }
}
