import { keyStatuses } from '@latchkey/core';
import { defineEntity, p } from '@mikro-orm/core';
import { instant } from './columns.ts';

export const ApiKeyEntity = defineEntity({
  name: 'api_key',
  tableName: 'api_key',
  properties: {
    accountId: p.string().primary(),
    id: p.string().primary(),
    identifier: p.string().unique(),
    name: p.string(),
    /** What the list sorts by name: folded, so that case and accents do not scatter it. */
    sortName: p.string(),
    /** Name and identifier, folded, a line each: what a search looks into. */
    searchText: p.text(),
    status: p.enum(keyStatuses),
    createdAt: instant(),
    expiresAt: instant().nullable(),
    /** 0 while never used, so that one index sorts the never used as the least recently used. */
    lastUsedAt: instant().default(0),
    renewalStartedAt: instant().nullable(),
    completeAt: instant().nullable(),
    /** When the token that the renewal alert counts from is so many calendar months old: a changed period touches no key. */
    threeMonthsOldAt: instant(),
    sixMonthsOldAt: instant(),
    nineMonthsOldAt: instant(),
    /** SQLite only: the row of the search index, numbered by account, so that a search reads no other account's rows. */
    searchRow: p.bigint('number').nullable(),
    /** The newest link. */
    linkId: p.string().nullable(),
    version: p.integer(),
  },
});

export const ApiKeyRoleEntity = defineEntity({
  name: 'api_key_role',
  tableName: 'api_key_role',
  properties: {
    accountId: p.string().primary(),
    keyId: p.string().primary(),
    roleId: p.string().primary(),
  },
});

/** How many keys an account has in each status: the list's total without counting. Kept by triggers. */
export const KeyCountEntity = defineEntity({
  name: 'key_count',
  tableName: 'key_count',
  properties: {
    accountId: p.string().primary(),
    active: p.integer(),
    inactive: p.integer(),
  },
});

/** Every identifier that was ever issued; never deleted, so that none is issued twice. */
export const IssuedIdentifierEntity = defineEntity({
  name: 'issued_identifier',
  tableName: 'issued_identifier',
  properties: {
    identifier: p.string().primary(),
    accountId: p.string(),
  },
});
