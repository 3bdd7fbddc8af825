import type { AppRouter } from '@latchkey/api/router';
import type { ExternalKey, KeyAttention } from '@latchkey/ui/api-key';
import type { ApiKeysDataSource } from '@latchkey/ui/api-keys';
import type { inferRouterOutputs } from '@trpc/server';
import type { TRPCClient } from '@trpc/client';
import { capabilitiesOf, mayGrant } from './capabilities.ts';
import { followChanges } from './follow-changes.ts';
import { inWords } from './in-words.ts';

/** The typed client of the API, made with `createTRPCClient<AppRouter>`. */
export type ApiKeysClient = TRPCClient<AppRouter>;

type ListedExternalKey = inferRouterOutputs<AppRouter>['externalKeys']['list']['items'][number];

/** What the API is asked for. */
const attentionQueries = {
  idle: { usage: 'idle' },
  never: { usage: 'never' },
  expiring: { expiry: 'soon' },
  expired: { expiry: 'expired' },
  broad: { access: 'broad' },
} as const satisfies Record<KeyAttention, unknown>;

/** The API tells of another account's key its identifier and its owner's slug, and no names. */
function showExternalKey({ account, ...key }: ListedExternalKey): ExternalKey {
  return { ...key, name: null, account: { slug: account, name: null } };
}

/**
 * A source for `<ApiKeys>` of `@latchkey/ui` over Latchkey's typed API. It asks the account once what the
 * caller may do there: that decides its capabilities, and which roles it offers to grant. It keeps
 * nothing else, and no link or token passes through it but in the answers of `generateKey` and `renewKey`.
 *
 * @param client signed in, by the session's cookie or by the headers of its link
 * @param account the account's slug
 * @param options.download hands the person a file of the API, given its path; in a browser that is
 *   signed in, `location.assign(path)` does. Without it the source cannot export
 * @param options.live whether the client has a link that takes subscriptions, such as
 *   `httpSubscriptionLink`: what others change shows at once then
 * @throws {TRPCClientError} when the caller is not signed in or is no member of the account
 */
export async function createApiKeysSource(
  client: ApiKeysClient,
  account: string,
  options: {
    readonly download?: (path: string) => void | Promise<void>;
    readonly live?: boolean;
  } = {},
): Promise<ApiKeysDataSource> {
  const { download, live = false } = options;
  const allowed = await client.accounts.get.query({ account });
  const one = (id: string) => ({ account, id });
  return {
    capabilities: capabilitiesOf(allowed).filter(
      (capability) => capability !== 'export' || download !== undefined,
    ),

    listKeys: ({ search, filters, sort, cursor, limit }) =>
      inWords(
        client.keys.list.query({
          account,
          ...(search.trim() !== '' && { search }),
          ...(filters.status && { status: filters.status }),
          ...(filters.role && { role: filters.role }),
          ...(filters.alert && { alert: filters.alert }),
          ...(filters.attention && attentionQueries[filters.attention]),
          sort: sort.column,
          order: sort.order,
          ...(cursor !== null && { cursor }),
          limit,
        }),
      ),

    async listRoles() {
      const { items } = await inWords(client.roles.list.query({ account }));
      return items.map((role) => ({ ...role, grantable: mayGrant(allowed, role.permissions) }));
    },

    generateKey: ({ roleIds, ...input }) =>
      inWords(client.keys.generate.mutate({ account, ...input, roleIds: [...roleIds] })),

    updateKey: (id, { roleIds, ...changes }) =>
      inWords(
        client.keys.edit.mutate({
          ...one(id),
          ...changes,
          ...(roleIds && { roleIds: [...roleIds] }),
        }),
      ),

    renewKey: (id) => inWords(client.keys.renew.mutate(one(id))),
    completeRenewal: (id) => inWords(client.keys.complete.mutate(one(id))),
    undoRenewal: (id) => inWords(client.keys.undo.mutate(one(id))),
    scheduleRenewal: (id, completeAt) =>
      inWords(client.keys.reschedule.mutate({ ...one(id), completeAt })),
    withdrawLink: (id) => inWords(client.keys.withdrawLink.mutate(one(id))),

    async deleteKey(id) {
      await inWords(client.keys.delete.mutate(one(id)));
    },

    async keyCalls(id) {
      const { calls, tokens } = await inWords(client.keys.usage.query(one(id)));
      return { ...calls, tokens };
    },

    async listExternalKeys() {
      const { items } = await inWords(client.externalKeys.list.query({ account }));
      return items.map(showExternalKey);
    },

    async addExternalKey({ key, roleIds }) {
      const chosen = { account, key, roleIds: [...roleIds] };
      return showExternalKey(await inWords(client.externalKeys.add.mutate(chosen)));
    },

    async updateExternalKey(id, { roleIds }) {
      const chosen = { ...one(id), roleIds: [...roleIds] };
      return showExternalKey(await inWords(client.externalKeys.edit.mutate(chosen)));
    },

    async removeExternalKey(id) {
      await inWords(client.externalKeys.remove.mutate(one(id)));
    },

    async exportKeys() {
      await download?.(`/v1/accounts/${account}/keys/export.xlsx`);
    },

    readSettings: () => inWords(client.settings.get.query({ account })),
    saveSettings: (settings) => inWords(client.settings.set.mutate({ account, ...settings })),

    ...(live && { subscribe: (onChange) => followChanges(client, account, onChange) }),
  };
}
