import { defineEntity, p } from '@mikro-orm/core';
import { instant } from './columns.ts';

export const RoleEntity = defineEntity({
  name: 'role',
  tableName: 'role',
  properties: {
    accountId: p.string().primary(),
    id: p.string().primary(),
    name: p.string(),
    /** The name in lower case: unique in the account. */
    foldedName: p.string(),
    description: p.string(),
    /** A JSON array of strings. */
    permissions: p.text(),
    predefined: p.enum(['owner', 'viewer']).nullable(),
    createdAt: instant(),
  },
});
