import { People } from './0001-people.ts';
import { Accounts } from './0002-accounts.ts';
import { Keys } from './0003-keys.ts';
import { KeySearch } from './0004-key-search.ts';
import { Audit } from './0005-audit.ts';
import { Changes } from './0006-changes.ts';
import { SignIn } from './0007-sign-in.ts';
import { Notifications } from './0008-notifications.ts';
import { Limits } from './0009-limits.ts';
import { Insight } from './0010-insight.ts';
import { AppendOnly } from './0011-append-only.ts';
import { IdempotencyAttempts } from './0012-idempotency-attempts.ts';
import { Identities } from './0014-identities.ts';
import { Passkeys } from './0015-passkeys.ts';
import { WebhooksDue } from './0017-webhooks-due.ts';
import { PasswordResets } from './0018-password-resets.ts';

/** Every migration, in order. A name is for ever: the database remembers it. */
export const migrations = [
  { name: '0001-people', class: People },
  { name: '0002-accounts', class: Accounts },
  { name: '0003-keys', class: Keys },
  { name: '0004-key-search', class: KeySearch },
  { name: '0005-audit', class: Audit },
  { name: '0006-changes', class: Changes },
  { name: '0007-sign-in', class: SignIn },
  { name: '0008-notifications', class: Notifications },
  { name: '0009-limits', class: Limits },
  { name: '0010-insight', class: Insight },
  { name: '0011-append-only', class: AppendOnly },
  { name: '0012-idempotency-attempts', class: IdempotencyAttempts },
  { name: '0014-identities', class: Identities },
  { name: '0015-passkeys', class: Passkeys },
  { name: '0017-webhooks-due', class: WebhooksDue },
  { name: '0018-password-resets', class: PasswordResets },
];
