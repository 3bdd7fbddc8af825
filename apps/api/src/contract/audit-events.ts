import { auditActions, type AuditEvent } from '@latchkey/core';
import { z } from 'zod';
import { cursor, id, limit, soughtText, utcTime } from './values.ts';

const details = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]),
);

export const auditEvent = z
  .object({
    id,
    sequence: z.int(),
    at: utcTime,
    actor: z.object({
      kind: z.enum(['member', 'key', 'reader', 'system']),
      id: id.nullable(),
      name: z.string(),
    }),
    action: z.enum(auditActions),
    keyId: id.nullable(),
    subject: z.string(),
    details,
    from: z.string().nullable(),
    previousHash: z.string(),
    hash: z.string(),
  })
  .meta({ id: 'AuditEvent' });

export const auditEventPage = z
  .object({ items: z.array(auditEvent), nextCursor: cursor.nullable() })
  .meta({ id: 'AuditEventPage' });

export const auditEventQuery = {
  actor: soughtText(200).optional().meta({
    description: "A member's or key's id, or a part of the actor's name.",
  }),
  action: z.enum(auditActions).optional(),
  keyId: id.optional(),
  cursor: cursor.optional(),
  limit,
};

export const chainVerdict = z
  .object({
    intact: z.boolean(),
    events: z.int().meta({ description: 'How many events are whole, from the first on.' }),
    brokenAt: z.int().nullable().meta({ description: 'The sequence number of the first break.' }),
    reason: z.enum(['edited', 'missing']).nullable(),
  })
  .meta({ id: 'ChainVerdict' });

type Details = z.input<typeof details>;

/** Shows an audit event. */
export function viewAuditEvent(shown: AuditEvent): z.input<typeof auditEvent> {
  const { accountId: _, at, details: told, ...rest } = shown;
  return { ...rest, at: at.toISOString(), details: { ...told } as Details };
}
