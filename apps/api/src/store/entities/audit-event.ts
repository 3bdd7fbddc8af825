import { auditActions } from '@latchkey/core';
import { defineEntity, p } from '@mikro-orm/core';
import { instant } from './columns.ts';

export const AuditEventEntity = defineEntity({
  name: 'audit_event',
  tableName: 'audit_event',
  properties: {
    accountId: p.string().primary(),
    sequence: p.integer().primary(),
    id: p.string(),
    at: instant(),
    actorKind: p.enum(['member', 'key', 'reader', 'system']),
    actorId: p.string().nullable(),
    actorName: p.string(),
    /** The name, folded: what a search for the actor looks into. */
    actorText: p.string(),
    action: p.enum(auditActions),
    keyId: p.string().nullable(),
    subject: p.string(),
    /** A JSON object. */
    details: p.text(),
    fromAddress: p.string().nullable(),
    previousHash: p.string(),
    hash: p.string(),
  },
});

/** The last link of each account's chain: shows when the newest events are missing, and is what appending locks. */
export const AuditHeadEntity = defineEntity({
  name: 'audit_head',
  tableName: 'audit_head',
  properties: {
    accountId: p.string().primary(),
    sequence: p.integer(),
    hash: p.string(),
  },
});
