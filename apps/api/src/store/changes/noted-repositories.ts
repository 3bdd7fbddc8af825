import type { Repositories } from '@latchkey/core';
import type { Change } from './change.ts';

/** What a transaction did that others are told of. */
export interface Notes {
  /** See `Change`. */
  change(change: Change): void;
  /** An account's audit log has a new event: something of the account has changed. */
  append(accountId: string): void;
}

/**
 * The repositories of a transaction, which note every appended audit event, and every change that verification depends on. New keys are
 * none: nobody can have presented a token before it was made.
 */
export function noteChanges(
  repositories: Repositories,
  { append, change: note }: Notes,
): Repositories {
  const { audit, keys, links, roles, externalKeys } = repositories;
  return {
    ...repositories,
    audit: {
      ...audit,
      async append(event) {
        await audit.append(event);
        append(event.accountId);
      },
    },
    keys: {
      ...keys,
      async save(key) {
        await keys.save(key);
        note({ accountId: key.accountId, keyId: key.id });
      },
      async remove(accountId, id) {
        await keys.remove(accountId, id);
        note({ accountId, keyId: id });
      },
    },
    links: {
      ...links,
      async redeem(...link) {
        const key = await links.redeem(...link);
        // From now on a scheduled completion ends the old token.
        if (key) note(key);
        return key;
      },
    },
    roles: {
      ...roles,
      async save(role) {
        const saved = await roles.save(role);
        if (saved) note({ accountId: role.accountId, keyId: null });
        return saved;
      },
      async remove(accountId, id) {
        await roles.remove(accountId, id);
        note({ accountId, keyId: null });
      },
    },
    externalKeys: {
      ...externalKeys,
      async add(externalKey) {
        const added = await externalKeys.add(externalKey);
        if (added) note({ accountId: externalKey.accountId, keyId: null });
        return added;
      },
      async saveRoles(externalKey) {
        await externalKeys.saveRoles(externalKey);
        note({ accountId: externalKey.accountId, keyId: null });
      },
      async remove(accountId, id) {
        await externalKeys.remove(accountId, id);
        note({ accountId, keyId: null });
      },
    },
  };
}

/** The repositories outside a transaction: what changes something does so in a transaction of its own, so that its change is told with it. */
export function changeInTransactions(
  repositories: Repositories,
  transaction: <T>(work: (repositories: Repositories) => Promise<T>) => Promise<T>,
): Repositories {
  const { audit, keys, links, roles, externalKeys } = repositories;
  return {
    ...repositories,
    audit: {
      ...audit,
      append: async (event) => transaction(async (inner) => inner.audit.append(event)),
    },
    keys: {
      ...keys,
      save: async (key) => transaction(async (inner) => inner.keys.save(key)),
      remove: async (accountId, id) =>
        transaction(async (inner) => inner.keys.remove(accountId, id)),
    },
    links: {
      ...links,
      redeem: async (...link) => transaction(async (inner) => inner.links.redeem(...link)),
    },
    roles: {
      ...roles,
      save: async (role) => transaction(async (inner) => inner.roles.save(role)),
      remove: async (accountId, id) =>
        transaction(async (inner) => inner.roles.remove(accountId, id)),
    },
    externalKeys: {
      ...externalKeys,
      add: async (externalKey) => transaction(async (inner) => inner.externalKeys.add(externalKey)),
      saveRoles: async (externalKey) =>
        transaction(async (inner) => inner.externalKeys.saveRoles(externalKey)),
      remove: async (accountId, id) =>
        transaction(async (inner) => inner.externalKeys.remove(accountId, id)),
    },
  };
}
