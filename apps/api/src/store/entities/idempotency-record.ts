import { defineEntity, p } from '@mikro-orm/core';
import { instant } from './columns.ts';

/** A request that named an idempotency key, and once it is done its sealed response. */
export const IdempotencyRecordEntity = defineEntity({
  name: 'idempotency_record',
  tableName: 'idempotency_record',
  properties: {
    scope: p.string().primary(),
    keyHash: p.string().primary(),
    fingerprint: p.string(),
    /** Which request has the key. */
    attempt: p.string(),
    /** 1 once what was asked for is done, else 0. */
    isDone: p.integer(),
    response: p.uint8array().nullable(),
    createdAt: instant(),
  },
});
