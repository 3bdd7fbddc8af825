import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createVerifier } from '@latchkey/client/verifier';
import { signIn, type Admin, type Credential } from '../system/admin.ts';
import { makeSecret, startNode } from '../system/latchkey.ts';
import { startNginx } from '../system/nginx.ts';
import { startPostgresql } from '../system/postgresql.ts';
import { ask, askForwardAuth } from '../system/verdicts.ts';
import { endings, needed, type Ending } from '../system/endings.ts';
import { disasters, staleness } from './disasters.ts';
import { Ledger } from './ledger.ts';

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

/** A key that was made, with the link to its token. */
interface Issued {
  key: { id: string; key: string };
  link: { url: string };
}

/** A question may have come to the server a little earlier than its answer began, in milliseconds. */
const tolerance = 250;

/** Between one disaster and the next, in milliseconds. */
const peace = 1500;

/** How many keys there are that are only asked about: they keep their access. */
const keptKeys = 6;

/** How long everybody has to say in the end what is expected, in milliseconds. */
const patience = 120_000;

/**
 * Runs three nodes on one PostgreSQL, two of them behind nginx by our own guide, and a verifier in this process. Ends the access of keys,
 * in every way during each disaster, and lets links be redeemed by many at once, while nodes are killed and paused, connections are cut
 * and PostgreSQL is restarted.
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
  for (let made = 0; made < keptKeys; made += 1) keys.push(await admin.makeKey('Kept', roleIds));
  const own = await admin.makeKey('Verifier', roleIds);
  const verifier = createVerifier({ url: front, account: 'acme', token: own.token });

  const ledger = new Ledger(staleness + tolerance);
  /** What may be said of each key in the end, where it is not that it is valid. */
  const expected = new Map<string, Set<string>>();
  const redeemed: Credential[] = [];
  const ended: Record<string, number> = {};
  const struck: string[] = [];
  const questions = { nodes: 0, verifier: 0 };
  const over = new AbortController();

  /** Asks about every key again and again, as services do. */
  async function keepAsking(about: (key: Credential) => Promise<string | undefined>) {
    while (!over.signal.aborted) {
      for (const key of keys) {
        if (over.signal.aborted) return;
        const askedAt = performance.now();
        const code = await about(key);
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

  /** Tries until a node acknowledges, at one after the other. */
  async function insist<T>(work: (on: Admin) => Promise<T>, from = 0): Promise<T | undefined> {
    for (let turn = from; !over.signal.aborted; turn += 1) {
      try {
        return await work(admin.at(nodes[turn % nodes.length]?.url ?? ''));
      } catch {
        await delay(100);
      }
    }
    return undefined;
  }

  /** Ends the access of a key. @param from at which node this is tried first. */
  async function end({ id }: Credential, ending: Ending, from: number): Promise<void> {
    // Until it is acknowledged, either may be.
    const codes = new Set(['VALID', ending.code]);
    expected.set(id, codes);
    const done = await insist(async (on) => {
      await ending.end(on, `/v1/accounts/acme/keys/${id}`);
      return true;
    }, from);
    if (!done) return;
    ledger.switchedOff(id);
    codes.delete('VALID');
    ended[ending.name] = (ended[ending.name] ?? 0) + 1;
  }

  /** Many readers at once, at all nodes and through nginx: never two winners. */
  async function redeemAll(): Promise<void> {
    const places = [...nodes.map(({ url }) => url), front];
    while (!over.signal.aborted) {
      const issued = await insist((on) =>
        on.send<Issued>('POST', '/v1/accounts/acme/keys', { name: 'Redeemed', roleIds }),
      );
      if (!issued) return;
      const linkToken = issued.link.url.split('/').at(-1) ?? '';
      const answers = await Promise.allSettled(
        Array.from({ length: 8 }, async (_, reader) => {
          const answer = await fetch(
            `${places[reader % places.length] ?? ''}/v1/credentials/${linkToken}/redeem`,
            { method: 'POST', signal: AbortSignal.timeout(5000) },
          );
          const { token } = (await answer.json()) as { token?: string };
          return token;
        }),
      );
      const tokens = answers.flatMap((answer) =>
        answer.status === 'fulfilled' && answer.value !== undefined ? [answer.value] : [],
      );
      if (tokens.length > 1) ledger.breached(`a link was redeemed ${String(tokens.length)} times`);
      for (const token of tokens) redeemed.push({ id: issued.key.id, key: issued.key.key, token });
      await delay(200);
    }
  }

  /** They strike one after the other, so that somebody is left to acknowledge, while keys lose their access. */
  async function strikeAll(): Promise<void> {
    for (const [name, strike] of Object.entries(disasters)) {
      const losers: Credential[] = [];
      for (const ending of endings) {
        const loser = await insist((on) => on.makeKey(ending.name, roleIds));
        if (loser) losers.push(loser);
      }
      keys.push(...losers);
      // Everybody has come to know them by then.
      await delay(peace);
      say(name);
      struck.push(name);
      await Promise.all([
        strike({ nodes, options, postgresql }),
        ...endings.map(async (ending, at) => {
          const loser = losers[at];
          if (loser) await end(loser, ending, at);
        }),
      ]);
    }
  }

  /** Asks once all has come to rest: an acknowledged change that was lost stays lost. */
  async function hearAll(): Promise<void> {
    const deadline = performance.now() + patience;
    const everybody: Record<string, (key: Credential) => Promise<string | undefined>> = {
      'the verifier': async (key) => (await verifier.verify(key, needed)).code,
      ...Object.fromEntries(nodes.map(({ url }) => [url, (key: Credential) => ask(url, key)])),
    };
    for (const key of [...keys, ...redeemed]) {
      const codes = expected.get(key.id) ?? new Set(['VALID']);
      for (const [who, hear] of Object.entries(everybody)) {
        let code = await hear(key);
        while (!codes.has(code ?? '') && performance.now() < deadline) {
          await delay(100);
          code = await hear(key);
        }
        if (codes.has(code ?? '')) continue;
        const wanted = [...codes].join(' or ');
        ledger.breached(`after the storm ${who} says ${String(code)} of a key that is ${wanted}`);
      }
    }
  }

  try {
    const work = [
      ...nodes.map(({ url }) => keepAsking((key) => ask(url, key))),
      keepAsking((key) => ask(front, key)),
      keepAsking((key) => askForwardAuth(front, key)),
      askVerifier(),
      redeemAll(),
    ];
    for (let round = 0; round < rounds; round += 1) await strikeAll();
    over.abort();
    await Promise.all(work);
    await hearAll();
    return {
      breaches: ledger.breaches,
      ended,
      longest: ledger.longest,
      redemptions: redeemed.length,
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
