import type { Clock } from '@latchkey/core';
import type { z } from 'zod';
import type { Sealer } from './sealer.ts';

/** What was begun and is to be finished by the same person: kept by the client, readable and made by the server alone. */
export interface Tickets<Content> {
  issue(content: Content, purpose: string): string;
  /** `undefined` when it is not ours, was issued for something else, or has expired. */
  read(ticket: string, purpose: string): Content | undefined;
}

/** How long a ticket is good for, in milliseconds: 10 minutes. */
export const ticketLifetime = 10 * 60 * 1000;

/** Makes tickets of one kind. @param schema what is in them. */
export function makeTickets<Content>(
  sealer: Sealer,
  clock: Clock,
  schema: z.ZodType<Content>,
): Tickets<Content> {
  return {
    issue(content, purpose) {
      const expiresAt = clock.now().getTime() + ticketLifetime;
      const sealed = sealer.seal(JSON.stringify({ content, expiresAt }), purpose);
      return Buffer.from(sealed).toString('base64url');
    },
    read(ticket, purpose) {
      const opened = sealer.open(Buffer.from(ticket, 'base64url'), purpose);
      if (opened === undefined) return undefined;
      const { content, expiresAt } = JSON.parse(opened) as { content: unknown; expiresAt: number };
      return clock.now().getTime() < expiresAt ? schema.parse(content) : undefined;
    },
  };
}
