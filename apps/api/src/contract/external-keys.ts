import type { ListedExternalKey, Role } from '@latchkey/core';
import { z } from 'zod';
import { versionEtag } from './etags.ts';
import { roleReference, viewRoles } from './keys.ts';
import { id, utcTime } from './values.ts';

export const externalKey = z
  .object({
    id,
    key: z.string().meta({ description: 'The identifier.', example: 'lk-partner-7Q4ZK2MD' }),
    account: z.string().meta({ description: 'The account that owns the key, by its slug.' }),
    roles: z.array(roleReference),
    addedAt: utcTime,
    status: z.enum(['active', 'inactive', 'deleted']).meta({
      description: 'What its owner made of the key.',
    }),
  })
  .meta({ id: 'ExternalKey' });

/** An external key over tRPC, which has no headers: its entity tag comes with it. */
export const taggedExternalKey = externalKey
  .extend({ etag: z.string() })
  .meta({ id: 'TaggedExternalKey' });

/** Shows an external key. @param roles those of the account that grants. */
export function viewExternalKey(
  { externalKey: shown, status }: ListedExternalKey,
  roles: readonly Role[],
): z.input<typeof taggedExternalKey> {
  return {
    id: shown.id,
    key: shown.key,
    account: shown.owner,
    roles: viewRoles(roles, shown.roleIds),
    addedAt: shown.addedAt.toISOString(),
    status,
    etag: versionEtag(shown),
  };
}
