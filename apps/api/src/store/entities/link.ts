import { defineEntity, p } from '@mikro-orm/core';
import { instant } from './columns.ts';

/** Kept when its token is gone: what became of a key's newest link stays known. */
export const LinkEntity = defineEntity({
  name: 'link',
  tableName: 'link',
  properties: {
    accountId: p.string().primary(),
    id: p.string().primary(),
    keyId: p.string(),
    tokenId: p.string(),
    hash: p.string().unique(),
    createdAt: instant(),
    expiresAt: instant(),
    state: p.enum(['unread', 'redeemed', 'withdrawn']),
    ciphertext: p.uint8array().nullable(),
    redeemedAt: instant().nullable(),
    redeemedFrom: p.string().nullable(),
    /** When an attempt on the redeemed link was last noted; 0 for never. */
    attemptNotedAt: instant().default(0),
  },
});
