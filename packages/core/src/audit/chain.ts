import type { Crypto } from '../ports.ts';
import type { AuditEvent } from './event.ts';

/** The last link of an account's chain. */
export interface ChainHead {
  sequence: number;
  hash: string;
}

/** The chain of an account without events. */
export const emptyChain: ChainHead = { sequence: 0, hash: '' };

/** The hash of an event: over every field, in a fixed order, with that of the event before it. */
export function hashEvent(crypto: Crypto, event: Omit<AuditEvent, 'hash'>): string {
  const details = Object.entries(event.details).sort(([a], [b]) => (a < b ? -1 : 1));
  return crypto.sha256(
    JSON.stringify([
      event.previousHash,
      event.id,
      event.accountId,
      event.sequence,
      event.at.toISOString(),
      [event.actor.kind, event.actor.id, event.actor.name],
      event.action,
      event.keyId,
      event.subject,
      details,
      event.from,
    ]),
  );
}

/** Whether a chain of events is whole, and if not, where it first breaks. */
export type ChainVerdict =
  | { intact: true; events: number }
  | { intact: false; events: number; brokenAt: number; reason: 'edited' | 'missing' };

/**
 * Walks an account's events in order and looks for one that was edited, inserted or is missing.
 *
 * @param events every event of the account by ascending sequence.
 * @param readHead what the account's row says of the last event: shows when the newest rows are missing, or one was added
 * behind its back. Asked before and after the walk, since honest events arrive meanwhile.
 */
export async function verifyChain(
  crypto: Crypto,
  events: AsyncIterable<AuditEvent>,
  readHead: () => Promise<ChainHead>,
): Promise<ChainVerdict> {
  const before = await readHead();
  let last = emptyChain;
  const broken = (reason: 'edited' | 'missing') =>
    ({ intact: false, events: last.sequence, brokenAt: last.sequence + 1, reason }) as const;
  for await (const event of events) {
    if (event.sequence > last.sequence + 1) return broken('missing');
    const fits = event.sequence === last.sequence + 1 && event.previousHash === last.hash;
    const agrees = event.sequence !== before.sequence || event.hash === before.hash;
    if (!fits || !agrees || event.hash !== hashEvent(crypto, event)) return broken('edited');
    last = { sequence: event.sequence, hash: event.hash };
  }
  if (last.sequence < before.sequence) return broken('missing');
  const after = await readHead();
  if (last.sequence > after.sequence) return broken('edited');
  return { intact: true, events: last.sequence };
}
