import type { Crypto, Principal } from '@latchkey/core';
import type { Request } from 'express';
import type { IdempotencyRecords } from '../contract/idempotency.ts';
import type { ProblemReason } from '../contract/problem.ts';
import type { Context } from '../trpc/context.ts';
import type { RestAnswer } from './rest-answer.ts';

/** Answers a repeated write as the first time, without doing it again. */
export interface Idempotency {
  once(
    request: Request,
    ctx: Context,
    call: () => Promise<RestAnswer>,
  ): Promise<RestAnswer | ProblemReason>;
}

const text = new TextEncoder();
const keyPattern = /^[\x21-\x7E]{1,255}$/;

function scopeOf(principal: Principal): string {
  return `${principal.kind}:${principal.id}`;
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

  function open(response: Uint8Array, scope: string, key: string): RestAnswer | undefined {
    for (const secret of secrets) {
      const opened = crypto.open(sealKey(secret, scope, key), response, text.encode(scope));
      if (opened) return JSON.parse(new TextDecoder().decode(opened)) as RestAnswer;
    }
    return undefined;
  }

  return {
    async once(request, ctx, call) {
      const key = request.get('Idempotency-Key');
      const principal = key === undefined ? null : await ctx.principal();
      if (key === undefined || !principal) return call();
      if (!keyPattern.test(key)) {
        const message = 'Idempotency-Key takes 1–255 printable ASCII characters.';
        const fields = [{ path: 'Idempotency-Key', message }];
        return { code: 'VALIDATION_FAILED', detail: message, fields };
      }
      const scope = scopeOf(principal);
      const hash = crypto.hmacSha256(secrets[0], key);
      const said = [request.method, request.originalUrl, request.get('If-Match'), request.body];
      const fingerprint = crypto.hmacSha256(secrets[0], JSON.stringify(said));
      const claim = await records.claim(scope, hash, fingerprint, ctx.ports.clock.now());
      if (claim.state !== 'new' && claim.fingerprint !== fingerprint) {
        const detail = 'This Idempotency-Key came with another request before. Use a new one.';
        return { code: 'IDEMPOTENCY_KEY_REUSED', detail };
      }
      const answered = claim.state === 'done' ? open(claim.response, scope, key) : undefined;
      if (answered) return answered;
      if (claim.state !== 'new') {
        const detail = 'The first request with this Idempotency-Key is not answered yet.';
        return { code: 'IDEMPOTENCY_KEY_IN_USE', detail };
      }
      let answer: RestAnswer;
      try {
        answer = await call();
      } catch (error) {
        await records.forget(scope, hash);
        throw error;
      }
      // What was done is not forgotten, even if its answer cannot be kept: nobody does it a second time.
      const sealed = crypto.seal(
        sealKey(secrets[0], scope, key),
        text.encode(JSON.stringify(answer)),
        text.encode(scope),
      );
      await records.complete(scope, hash, sealed);
      return answer;
    },
  };
}
