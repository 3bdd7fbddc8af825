import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock, Crypto, TokenUsage } from '@latchkey/core';
import { reportScope, type IdempotencyRecords } from '../../contract/idempotency.ts';
import { usageReport } from '../../contract/remote-verification.ts';
import { sendProblem } from '../answer.ts';
import type { Visitor } from './door.ts';
import { readJson } from './read-json.ts';
import type { Receipts } from './receipts.ts';

/** What is kept as the answer to a report: that there was one. */
const done = Uint8Array.of(1);

/**
 * Writes down what a remote verifier counted, once for each report, however often it is sent and to whichever node: 204 means written.
 * A receipt that is not this account's is passed over.
 */
export async function answerUsage(
  ports: { clock: Clock; crypto: Crypto; receipts: Receipts; idempotency: IdempotencyRecords },
  { account }: Visitor,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const said = await readJson(request, response, usageReport);
  if (!said) return;
  const { clock, crypto, receipts, idempotency } = ports;
  const { id, usage } = said;
  const now = clock.now();
  const items = usage.flatMap(({ receipt, count, lastUsedAt }): TokenUsage[] => {
    const token = receipts.read(account.id, receipt);
    if (!token) return [];
    // A clock that is ahead uses nothing in the future.
    const at = new Date(Math.min(Date.parse(lastUsedAt), now.getTime()));
    return [{ ...token, count, lastUsedAt: at, day: at.toISOString().slice(0, 10) }];
  });
  const keyHash = crypto.sha256(id);
  const claimed = await idempotency.claim(`${reportScope}${account.id}`, keyHash, [keyHash], now);
  if (claimed.state === 'running') {
    const detail = 'This report is being written down. Send it again.';
    sendProblem(response, { code: 'IDEMPOTENCY_KEY_IN_USE', detail, retryAfter: 1 });
    return;
  }
  if (claimed.state === 'new') {
    const { claim } = claimed;
    try {
      await idempotency.transactionOf(claim)(async ({ keys }) => keys.addUsage(items));
    } catch (error) {
      await idempotency.forget(claim);
      throw error;
    }
    await idempotency.complete(claim, done);
  }
  response.writeHead(204, { 'Cache-Control': 'no-store' }).end();
}
