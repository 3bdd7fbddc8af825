import { defineEntity, p } from '@mikro-orm/core';

/** Successful verifications of one token on one UTC day. They outlive the token, and go with the key. */
export const UsageDayEntity = defineEntity({
  name: 'usage_day',
  tableName: 'usage_day',
  properties: {
    accountId: p.string().primary(),
    keyId: p.string().primary(),
    /** `2026-11-24`. */
    day: p.string().primary(),
    tokenId: p.string().primary(),
    count: p.bigint('number'),
  },
});
