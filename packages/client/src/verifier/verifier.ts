import { hash } from 'node:crypto';
import { CrowdedError, FreshCache, Gate, type Entry } from '@latchkey/fresh-cache';
import { makeVerifierApi, ServerError, type CredentialAnswer, type ServerAccess } from './api.ts';
import { followChanges } from './change-stream.ts';
import { isWellFormedToken } from './token-checksum.ts';
import { UsageReport, type Counted } from './usage-report.ts';
import { refused, type Identity, type Verdict } from './verdict.ts';

/** How a verifier reaches the server, and what it may do when it cannot. */
export interface VerifierOptions extends Omit<ServerAccess, 'timeout'> {
  /** How long the server may take to answer about a new credential, in milliseconds. */
  timeout?: number;
  /**
   * The oldest knowledge that is served without asking while the stream of changes is broken, in milliseconds. While it is whole, a
   * change is known here within a second, mostly within milliseconds. `0` asks the server every time.
   */
  staleness?: number;
  /**
   * What to do about a credential that is known, but longer ago than `staleness`, when the server cannot be asked: `'refuse'` it, or
   * serve what was known for so many milliseconds, counted from when it was last confirmed. A key that was switched off is accepted that
   * much longer.
   */
  whenUnreachable?: 'refuse' | { serveFor: number };
  /** Whether the server knows tokens that another system made (`LATCHKEY_IMPORTED_TOKENS`), so that it is asked about any text. */
  importedTokens?: boolean;
  /** How many valid credentials are kept, and how many others. */
  limits?: { positive: number; negative: number };
  /** Hears of what fails in the background; it is tried again. */
  onError?: (error: unknown) => void;
}

/** A credential as a request presents it. */
export interface Credential {
  /** The key's identifier; without it the token alone decides. */
  key?: string | undefined;
  token: string;
}

/** Checks API keys in this process. */
export interface Verifier {
  /**
   * Checks a credential. What is known is answered at once, without a promise; `await` takes both. It never throws.
   *
   * @param needed the permissions that are needed, all of them.
   */
  verify(credential: Credential, needed?: string | readonly string[]): Verdict | Promise<Verdict>;
  /** Ends the stream and reports the uses that were counted. */
  close(): Promise<void>;
}

/** What is known of a token. */
interface Known extends Counted {
  verdict: Verdict;
  identity: Identity | undefined;
  /** In milliseconds since 1970. */
  expiresAt: number;
  /** When the token is gone, in milliseconds since 1970. */
  endsAt: number;
}

/** The longest text that is looked at. Tokens are 53 to 68 characters long. */
const longestToken = 500;

/** How long nobody is asked after the server could not be, in milliseconds: each request would wait for nothing. */
const respite = 500;

/** How many questions are under way at the same time, and how many wait: a flood of unknown tokens neither floods the server nor fills the memory. */
const questionsAtOnce = { running: 8, waiting: 1000 };

/** Whether everybody else's question would fare no better: the server is away, or lets this verifier in no more. */
function failsForAll(error: unknown): boolean {
  if (!(error instanceof ServerError)) return !(error instanceof CrowdedError);
  const { status } = error;
  return status === undefined || status >= 500 || [401, 403, 404].includes(status);
}

/** Whether a server was there, and said no. */
const isAnswer = (error: unknown) =>
  error instanceof CrowdedError ||
  (error instanceof ServerError && error.status !== undefined && error.status < 500);

const defaults = {
  timeout: 2000,
  staleness: 5000,
  limits: { positive: 100_000, negative: 20_000 },
} as const;

const toMoment = (time: string | null | undefined) =>
  typeof time === 'string' ? Date.parse(time) : Infinity;

function toKnown({ verdict, expiresAt, endsAt, receipt = '' }: CredentialAnswer): Known {
  if (!verdict.valid) {
    const { code } = verdict;
    return {
      verdict: refused[code],
      identity: undefined,
      expiresAt: 0,
      endsAt: 0,
      receipt,
      uses: 0,
      usedAt: 0,
    };
  }
  const { account, key, roles, permissions } = verdict;
  const identity = { account, key, roles, permissions };
  return {
    verdict: { valid: true, code: 'VALID', identity },
    identity,
    expiresAt: toMoment(expiresAt),
    endsAt: toMoment(endsAt),
    receipt,
    uses: 0,
    usedAt: 0,
  };
}

function holds(held: readonly string[], needed: string | readonly string[]): boolean {
  if (typeof needed === 'string') return held.includes(needed);
  return needed.every((permission) => held.includes(permission));
}

/**
 * Makes a verifier: it asks the server once about each credential, keeps the answer under a hash of the token, and follows the server's
 * stream of changes so that the answer stays right.
 */
export function createVerifier(options: VerifierOptions): Verifier {
  const {
    timeout = defaults.timeout,
    staleness = defaults.staleness,
    limits = defaults.limits,
  } = options;
  const { whenUnreachable = 'refuse', importedTokens = false, onError = () => undefined } = options;
  const serveFor = whenUnreachable === 'refuse' ? 0 : whenUnreachable.serveFor;
  const api = makeVerifierApi({ ...options, timeout });
  const cache = new FreshCache<Known>({ ...limits, staleness });
  const gate = new Gate(questionsAtOnce);
  const usage = new UsageReport(api, onError);
  let askAgainAt = 0;
  let isReachable = true;
  /** In a row: a single one may be the end of one connection, or of one node. */
  let failures = 0;

  const stopFollowing = followChanges({
    api,
    onError,
    silence: Math.max(staleness, 3000),
    listener: {
      changed(keyId) {
        if (keyId === undefined) cache.dropAll();
        else cache.dropSubject(keyId);
      },
      lost: () => cache.dropAll(),
      confirmed: (at) => cache.confirm(at),
    },
  });

  function decide(
    known: Known,
    key: string | undefined,
    needed: string | readonly string[] | undefined,
    now: number,
  ): Verdict {
    const { identity } = known;
    if (identity === undefined) return known.verdict;
    if (key !== undefined && key !== identity.key.key) return refused.INVALID_CREDENTIALS;
    if (known.endsAt !== Infinity && known.endsAt <= Date.now()) return refused.INVALID_CREDENTIALS;
    if (known.expiresAt !== Infinity && known.expiresAt <= Date.now()) return refused.EXPIRED;
    if (needed !== undefined && !holds(identity.permissions, needed)) {
      return refused.INSUFFICIENT_PERMISSIONS;
    }
    usage.count(known, now);
    return known.verdict;
  }

  async function ask(id: string, token: string): Promise<Entry<Known>> {
    return cache.load(id, async () => {
      const answer = await gate.pass(async () => api.ask({ token }));
      const value = toKnown(answer);
      const { identity } = value;
      // A token that nobody knows is never known later: a token is made before anybody can present it.
      const subject = identity?.key.id ?? answer.keyId ?? null;
      return { value, positive: identity !== undefined, subject, age: answer.age ?? 0 };
    });
  }

  async function find(
    id: string,
    { key, token }: Credential,
    needed: string | readonly string[] | undefined,
  ): Promise<Verdict> {
    const outdated = cache.find(id);
    if (performance.now() >= askAgainAt) {
      try {
        const { value } = await ask(id, token);
        isReachable = true;
        failures = 0;
        return decide(value, key, needed, performance.now());
      } catch (error) {
        failures += 1;
        if (failsForAll(error) && failures > 1) askAgainAt = performance.now() + respite;
        isReachable = isAnswer(error);
        onError(error);
      }
    }
    const now = performance.now();
    return !isReachable && outdated?.live && cache.age(outdated, now) < serveFor
      ? decide(outdated.value, key, needed, now)
      : refused.UNAVAILABLE;
  }

  return {
    verify(credential, needed) {
      const { key, token } = credential;
      if (token.length > longestToken) return refused.INVALID_CREDENTIALS;
      const id = hash('sha256', token, 'base64url');
      const now = performance.now();
      const entry = cache.get(id, now);
      if (entry !== undefined) return decide(entry.value, key, needed, now);
      return importedTokens || isWellFormedToken(token)
        ? find(id, credential, needed)
        : refused.INVALID_CREDENTIALS;
    },
    async close() {
      stopFollowing();
      await usage.close();
    },
  };
}
