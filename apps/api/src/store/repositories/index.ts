import type { Repositories } from '@latchkey/core';
import type { Database } from '../database.ts';
import { makeAccountRepository } from './accounts.ts';
import { makeAuditRepository } from './audit.ts';
import { makeCredentialRepository } from './credentials.ts';
import { makeExternalKeyRepository } from './external-keys.ts';
import { makeInstanceRepository } from './instance.ts';
import { makeKeyRepository } from './keys.ts';
import { makeLinkRepository } from './links.ts';
import { makeMailRepository } from './mails.ts';
import { makeMemberRepository } from './members.ts';
import { makeNotificationRepository } from './notifications.ts';
import { makeRoleRepository } from './roles.ts';
import { makeWebhookRepository } from './webhooks.ts';

/** The repositories on the database itself, or within one transaction. */
export function makeRepositories(database: Database): Repositories {
  return {
    instance: makeInstanceRepository(database),
    accounts: makeAccountRepository(database),
    roles: makeRoleRepository(database),
    members: makeMemberRepository(database),
    keys: makeKeyRepository(database),
    links: makeLinkRepository(database),
    externalKeys: makeExternalKeyRepository(database),
    credentials: makeCredentialRepository(database),
    audit: makeAuditRepository(database),
    notifications: makeNotificationRepository(database),
    webhooks: makeWebhookRepository(database),
    mails: makeMailRepository(database),
  };
}
