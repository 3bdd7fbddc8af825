import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '@latchkey/core';
import { usageReport } from '../../contract/remote-verification.ts';
import type { BatchedUsageCounter } from '../usage-counter.ts';
import type { Visitor } from './door.ts';
import { readJson } from './read-json.ts';
import type { Receipts } from './receipts.ts';

/** Adds what a remote verifier counted. A receipt that is not this account's is passed over. */
export async function answerUsage(
  ports: { clock: Clock; usage: BatchedUsageCounter; receipts: Receipts },
  { account }: Visitor,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const said = await readJson(request, response, usageReport);
  if (!said) return;
  const now = ports.clock.now();
  for (const { receipt, count, lastUsedAt } of said.usage) {
    const token = ports.receipts.read(account.id, receipt);
    if (!token) continue;
    // A clock that is ahead uses nothing in the future.
    const at = new Date(Math.min(Date.parse(lastUsedAt), now.getTime()));
    ports.usage.add({ ...token, count, lastUsedAt: at, day: at.toISOString().slice(0, 10) });
  }
  response.writeHead(204, { 'Cache-Control': 'no-store' }).end();
}
