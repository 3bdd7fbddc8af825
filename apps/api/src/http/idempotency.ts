import type { Crypto, Principal } from '@latchkey/core';
import type { Request } from 'express';
import { ClaimTakenOver, type Claim, type IdempotencyRecords } from '../contract/idempotency.ts';
import type { ProblemReason } from '../contract/problem.ts';
import type { Context } from '../trpc/context.ts';
import type { RestAnswer } from './rest-answer.ts';

/** A write that is to be done once. */
export interface Write {
  /** Does it. @param ctx the request's, its store one that commits the note that it was done. */
  call: (ctx: Context) => Promise<RestAnswer>;
  /** Whether its caller may still ask for it: a kept answer is given to nobody else. @throws {RefusalError} */
  authorise: () => Promise<void>;
}

/** Answers a repeated write as the first time, without doing it again. */
export interface Idempotency {
  once(request: Request, ctx: Context, write: Write): Promise<RestAnswer | ProblemReason>;
}

const text = new TextEncoder();
const keyPattern = /^[\x21-\x7E]{1,255}$/;

const inUse: ProblemReason = {
  code: 'IDEMPOTENCY_KEY_IN_USE',
  detail: 'The first request with this Idempotency-Key is not answered yet. Try again.',
  retryAfter: 1,
};
const reused: ProblemReason = {
  code: 'IDEMPOTENCY_KEY_REUSED',
  detail: 'This Idempotency-Key came with another request before. Use a new one.',
};
const lost: ProblemReason = {
  code: 'IDEMPOTENCY_ANSWER_LOST',
  detail:
    'What was asked for with this Idempotency-Key is done, but its answer is lost. Look at what is there before you use a new key.',
};

function scopeOf(principal: Principal): string {
  return `${principal.kind}:${principal.id}`;
}

function isTakenOver(error: unknown): boolean {
  return error instanceof Error && [error, error.cause].some((it) => it instanceof ClaimTakenOver);
}

/**
 * Makes it.
 *
 * @param secrets derived from the server's secrets, the signing one first. An answer can hold a link, so it is kept under a key that
 * only the server's secret and the client's idempotency key together give; of the latter only a hash is kept.
 */
export function makeIdempotency(
  records: IdempotencyRecords,
  crypto: Crypto,
  secrets: readonly [Uint8Array, ...Uint8Array[]],
): Idempotency {
  const sealKey = (secret: Uint8Array, scope: string, key: string) =>
    crypto.hkdfSha256(text.encode(key), secret, text.encode(scope), 32);

  function seal(answer: RestAnswer, scope: string, key: string): Uint8Array {
    const plain = text.encode(JSON.stringify(answer));
    return crypto.seal(sealKey(secrets[0], scope, key), plain, text.encode(scope));
  }

  function open(response: Uint8Array, scope: string, key: string): RestAnswer | undefined {
    for (const secret of secrets) {
      const opened = crypto.open(sealKey(secret, scope, key), response, text.encode(scope));
      if (opened) return JSON.parse(new TextDecoder().decode(opened)) as RestAnswer;
    }
    return undefined;
  }

  /** What was asked, under each secret: the request may have come before the secret was rotated. */
  function fingerprint(request: Request): [string, ...string[]] {
    const { method, originalUrl } = request;
    const said = JSON.stringify([method, originalUrl, request.get('If-Match'), request.body]);
    const [signing, ...older] = secrets;
    return [
      crypto.hmacSha256(signing, said),
      ...older.map((secret) => crypto.hmacSha256(secret, said)),
    ];
  }

  /** Forgets what led to nothing. What was done stays, whatever went wrong after. */
  async function giveUp(claim: Claim): Promise<void> {
    try {
      await records.forget(claim);
    } catch {
      // The database is gone, which the request's own error says. The key can be taken over soon.
    }
  }

  return {
    async once(request, ctx, { call, authorise }) {
      const key = request.get('Idempotency-Key');
      const principal = key === undefined ? null : await ctx.principal();
      if (key === undefined || !principal) return call(ctx);
      if (!keyPattern.test(key)) {
        const message = 'Idempotency-Key takes 1–255 printable ASCII characters.';
        const fields = [{ path: 'Idempotency-Key', message }];
        return { code: 'VALIDATION_FAILED', detail: message, fields };
      }
      const scope = scopeOf(principal);
      const { ports } = ctx;
      // Under no secret, so that it is the same after one was rotated. Alone it opens nothing.
      const hash = crypto.sha256(`${scope}\n${key}`);
      const claimed = await records.claim(scope, hash, fingerprint(request), ports.clock.now());
      switch (claimed.state) {
        case 'reused':
          return reused;
        case 'running':
          return inUse;
        case 'lost':
          return lost;
        case 'done':
          await authorise();
          return open(claimed.response, scope, key) ?? lost;
        case 'new':
          break;
      }
      const { claim } = claimed;
      const store = { ...ports.store, transaction: records.transactionOf(claim) };
      let answer: RestAnswer;
      try {
        answer = await call({ ...ctx, ports: { ...ports, store } });
      } catch (error) {
        if (isTakenOver(error)) return inUse;
        await giveUp(claim);
        throw error;
      }
      await records.complete(claim, seal(answer, scope, key));
      return answer;
    },
  };
}
