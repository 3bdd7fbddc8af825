import { defineEntity, p } from '@mikro-orm/core';
import { instant } from './columns.ts';

/** No foreign key leads to the owner's key: it may be deleted, and the grant stays to be seen as `deleted`. */
export const ExternalKeyEntity = defineEntity({
  name: 'external_key',
  tableName: 'external_key',
  properties: {
    accountId: p.string().primary(),
    id: p.string().primary(),
    keyId: p.string(),
    identifier: p.string(),
    /** The slug of the account that owns the key. */
    owner: p.string(),
    addedAt: instant(),
    version: p.integer(),
  },
});

export const ExternalKeyRoleEntity = defineEntity({
  name: 'external_key_role',
  tableName: 'external_key_role',
  properties: {
    accountId: p.string().primary(),
    externalKeyId: p.string().primary(),
    roleId: p.string().primary(),
  },
});
