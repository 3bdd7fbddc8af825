import { defineEntity, p } from '@mikro-orm/core';
import { instant } from './columns.ts';

export const ApiTokenEntity = defineEntity({
  name: 'api_token',
  tableName: 'api_token',
  properties: {
    accountId: p.string().primary(),
    id: p.string().primary(),
    keyId: p.string(),
    hash: p.string().unique(),
    slot: p.enum(['current', 'old']),
    createdAt: instant(),
    deliveredAt: instant().nullable(),
    /** 0 while never used. */
    lastUsedAt: instant().default(0),
  },
});
