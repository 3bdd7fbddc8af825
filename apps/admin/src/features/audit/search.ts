import { auditActions } from './actions.ts';
import type { AuditAction } from './actions.ts';

/** What the address says of the audit log. */
export interface AuditSearch {
  /** A part of the actor's name. */
  actor?: string;
  action?: AuditAction;
  /** The key it was done to, by its id. */
  keyId?: string;
}

/** Reads the address; what it cannot mean is left out. */
export function readAuditSearch(raw: Record<string, unknown>): AuditSearch {
  const text = (value: unknown) =>
    typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, 200) : '';
  const actor = text(raw['actor']);
  const keyId = text(raw['keyId']);
  const action = auditActions.find((known) => known === raw['action']);
  return { ...(actor && { actor }), ...(action && { action }), ...(keyId && { keyId }) };
}
