import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createVerifier } from '@latchkey/client/verifier';
import { signIn, type Admin, type Credential } from '../system/admin.ts';
import { makeSecret, startNode } from '../system/latchkey.ts';
import { startNginx } from '../system/nginx.ts';
import { startPostgresql } from '../system/postgresql.ts';
import { disasters, staleness } from './disasters.ts';
import { endings, needed } from '../system/endings.ts';
import { Ledger } from './ledger.ts';
import { ask } from '../system/verdicts.ts';

/** How a run of chaos went. */
export interface ChaosResult {
  /** What must never be and was. */
  breaches: readonly string[];
  /** How many keys lost their access, in each way. */
  ended: Record<string, number>;
  /** The longest that a key was accepted after that, in milliseconds. */
  longest: number;
  redemptions: number;
  /** Answers of the nodes, and of the verifier in this process. */
  questions: { nodes: number; verifier: number };
  disasters: readonly string[];
}

/** A question may have come to the server a little earlier than its answer began, in milliseconds. */
const tolerance = 250;

/** Between one disaster and the next, in milliseconds. */
const peace = 1500;

/** How many keys there are that keep their access, and how many lose it in each round. */
const keptKeys = 6;
const endedKeys = 12;

/**
 * Runs three nodes on one PostgreSQL, two of them behind nginx by our own guide, and a verifier in this process. Ends the access of keys
 * and lets links be redeemed by many at once, while nodes are killed and paused, connections are cut and PostgreSQL is restarted.
 * Everything that a node acknowledged must hold: no key accepted later than the bound, no link redeemed twice, no change lost.
 *
 * @param rounds how often each disaster strikes.
 * @param say is told of each.
 */
export async function runChaos(rounds: number, say: (line: string) => void): Promise<ChaosResult> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-chaos-'));
  const postgresql = await startPostgresql();
  const options = { databaseUrl: await postgresql.makeDatabase(), secret: makeSecret() };
  const first = await startNode(options);
  const [second, third] = await Promise.all([startNode(options), startNode(options)]);
  const nodes = [first, second, third];
  const nginx = await startNginx(folder, [first.port, second.port]);
  const front = `http://127.0.0.1:${String(nginx.port)}`;
  const admin = await signIn(first.url);
  const { items } = await admin.send<{ items: { id: string; permissions: string[] }[] }>(
    'GET',
    '/v1/accounts/acme/roles',
  );
  const roleIds = items
    .filter(({ permissions }) => permissions.includes(needed))
    .map(({ id }) => id);
  const keys: Credential[] = [];
  for (let made = 0; made < keptKeys + rounds * endedKeys; made += 1) {
    keys.push(await admin.makeKey(`Key ${String(made)}`, roleIds));
  }
  const own = await admin.makeKey('Verifier', roleIds);
  const verifier = createVerifier({ url: front, account: 'acme', token: own.token });

  const ledger = new Ledger(staleness + tolerance);
  const expected = new Map(keys.map(({ id }) => [id, new Set(['VALID'])]));
  const ended: Record<string, number> = {};
  const struck: string[] = [];
  const questions = { nodes: 0, verifier: 0 };
  let redemptions = 0;
  const over = new AbortController();

  /** Asks a node about every key again and again, as services do. */
  async function askNode(url: string): Promise<void> {
    while (!over.signal.aborted) {
      for (const key of keys) {
        if (over.signal.aborted) return;
        const askedAt = performance.now();
        const code = await ask(url, key);
        if (code === 'VALID') ledger.accepted(key.id, askedAt);
        if (code === undefined) await delay(50);
        else questions.nodes += 1;
      }
    }
  }

  /** Asks the verifier, which knows most without asking: in turns, so that its stream is heard. */
  async function askVerifier(): Promise<void> {
    while (!over.signal.aborted) {
      for (const key of keys) {
        const askedAt = performance.now();
        const verdict = await verifier.verify(key, needed);
        questions.verifier += 1;
        if (verdict.valid) ledger.accepted(key.id, askedAt);
      }
      await delay(20);
    }
  }

  /** Tries at any node until one acknowledges. */
  async function insist<T>(work: (on: Admin) => Promise<T>): Promise<T | undefined> {
    for (let turn = 0; !over.signal.aborted; turn += 1) {
      try {
        return await work(admin.at(nodes[turn % nodes.length]?.url ?? ''));
      } catch (error) {
        // Deleted by a request whose answer was lost.
        if (error instanceof Error && error.message.includes('answered 404')) return undefined;
        await delay(100);
      }
    }
    return undefined;
  }

  /** Ends the access of some keys, by each way in turn. */
  async function endSome(some: readonly Credential[]): Promise<void> {
    for (const [at, { id }] of some.entries()) {
      const ending = endings[at % endings.length];
      if (!ending) continue;
      const codes = expected.get(id);
      // Until it is acknowledged, either may be.
      codes?.add(ending.code);
      const done = await insist(async (on) => {
        await ending.end(on, `/v1/accounts/acme/keys/${id}`);
        return true;
      });
      if (!done) continue;
      ledger.switchedOff(id);
      codes?.delete('VALID');
      ended[ending.name] = (ended[ending.name] ?? 0) + 1;
      await delay(400);
    }
  }

  /** Many readers at once, at all nodes and through nginx: never two winners. */
  async function redeemAll(): Promise<void> {
    const places = [...nodes.map(({ url }) => url), front];
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
          const answer = await fetch(
            `${places[reader % places.length] ?? ''}/v1/credentials/${linkToken}/redeem`,
            { method: 'POST', signal: AbortSignal.timeout(5000) },
          );
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

  /** They strike one after the other, so that somebody is left to acknowledge, while keys lose their access. */
  async function strikeAll(round: number): Promise<void> {
    const from = keptKeys + round * endedKeys;
    const ending = endSome(keys.slice(from, from + endedKeys));
    for (const [name, strike] of Object.entries(disasters)) {
      await delay(peace);
      say(name);
      struck.push(name);
      await strike({ nodes, options, postgresql });
    }
    await ending;
  }

  /** What everybody says once all has come to rest. */
  async function hearAll(): Promise<void> {
    await delay(staleness);
    for (const key of keys) {
      const codes = expected.get(key.id);
      const verdict = await verifier.verify(key, needed);
      const said: [who: string, code: string][] = [['the verifier', verdict.code]];
      for (const { url } of nodes) said.push([url, (await ask(url, key, staleness)) ?? 'nothing']);
      for (const [who, code] of said) {
        if (codes?.has(code)) continue;
        const wanted = [...(codes ?? [])].join(' or ');
        ledger.breached(`after the storm ${who} says ${code} of a key that is ${wanted}`);
      }
    }
  }

  try {
    const work = [...nodes.map(({ url }) => askNode(url)), askVerifier(), redeemAll()];
    for (let round = 0; round < rounds; round += 1) await strikeAll(round);
    over.abort();
    await Promise.all(work);
    await hearAll();
    return {
      breaches: ledger.breaches,
      ended,
      longest: ledger.longest,
      redemptions,
      questions,
      disasters: struck,
    };
  } finally {
    over.abort();
    await verifier.close();
    await nginx.child.stop();
    for (const { child } of nodes) await child.stop('SIGKILL');
    await postgresql.remove();
    await rm(folder, { recursive: true });
  }
}
