import { useQueryClient } from '@tanstack/react-query';
import { useToast, useLatchkey } from '@latchkey/ui';
import type { ApiKey, EditKeyInput, GenerateKeyInput, IssuedKey, ToastOptions } from '@latchkey/ui';
import { api } from '../../lib/api.ts';
import type { Key, KeyPage } from '../../lib/api.ts';
import { readFailure, tell } from '../../lib/failure.ts';
import type { ToldError } from '../../lib/failure.ts';
import { useSaveOver } from '../../lib/use-save-over.ts';
import { useWords } from '../../lib/words/index.ts';
import { rolesQuery } from '../roles/queries.ts';
import { keysScope } from './queries.ts';

/**
 * What can be done with the keys of an account. Each shows at once what it changed, and fails in words.
 * The answers that hold a link go to the caller alone: no cache keeps them.
 *
 * @param account its slug
 */
export function useKeyActions(account: string) {
  const queryClient = useQueryClient();
  const words = useWords();
  const { messages, format } = useLatchkey();
  const toast = useToast();
  const saveOver = useSaveOver();
  const said = messages.page;

  const refresh = () => void queryClient.invalidateQueries({ queryKey: ['account', account] });

  const show = (key: Key) => {
    queryClient.setQueryData([...keysScope(account), 'one', key.id], key);
    queryClient.setQueriesData<KeyPage>({ queryKey: [...keysScope(account), 'list'] }, (page) =>
      page ? { ...page, items: page.items.map((old) => (old.id === key.id ? key : old)) } : page,
    );
  };

  /** Does it, in words when it fails, and looks at the keys anew either way. */
  const run = async <T>(call: Promise<T>): Promise<T> => {
    try {
      return await tell(call, words);
    } catch (error) {
      if (readFailure(error).code === 'NOT_FOUND') {
        queryClient.removeQueries({ queryKey: [...keysScope(account), 'one'], type: 'inactive' });
      }
      throw error;
    } finally {
      refresh();
    }
  };

  /** What cannot be taken back shows when it is done, and not before. */
  const changeOnce = async (call: Promise<Key>, title: string) => {
    show(await run(call));
    toast({ title });
  };

  /** Shows the key as it will be while it is being asked for, and as it was when that is refused. */
  const change = async (
    { apiKey, as }: { apiKey: Key; as: Partial<Key> },
    call: Promise<Key>,
    news: ToastOptions,
  ) => {
    show({ ...apiKey, ...as });
    try {
      show(await run(call));
    } catch (error) {
      show(apiKey);
      throw error;
    }
    toast(news);
  };

  const one = (apiKey: Pick<ApiKey, 'id'>) => ({ account, id: apiKey.id });

  const rolesOf = (ids: readonly string[]) =>
    (queryClient.getQueryData(rolesQuery(account).queryKey) ?? [])
      .filter(({ id }) => ids.includes(id))
      .map(({ id, name }) => ({ id, name }));

  const activate = (apiKey: Key) =>
    change({ apiKey, as: { status: 'active' } }, api.keys.activate.mutate(one(apiKey)), {
      title: said.activated(apiKey.name),
    });

  return {
    async generate({ roleIds, ...input }: GenerateKeyInput): Promise<IssuedKey> {
      return run(api.keys.generate.mutate({ account, ...input, roleIds: [...roleIds] }));
    },

    edit: (apiKey: Key, { roleIds, ...changes }: EditKeyInput) =>
      change(
        { apiKey, as: { ...changes, ...(roleIds && { roles: rolesOf(roleIds) }) } },
        saveOver(
          apiKey,
          (ifMatch) =>
            api.keys.edit.mutate({
              ...one(apiKey),
              ...changes,
              ...(roleIds && { roleIds: [...roleIds] }),
              ifMatch,
            }),
          async () => [await api.keys.get.query(one(apiKey))],
        ),
        { title: said.saved(changes.name ?? apiKey.name) },
      ),

    activate,

    deactivate: (apiKey: Key) =>
      change({ apiKey, as: { status: 'inactive' } }, api.keys.deactivate.mutate(one(apiKey)), {
        title: said.deactivated(apiKey.name),
        action: {
          label: words.undo,
          onClick: () => {
            activate(apiKey).catch((error: unknown) => {
              const { message } = error as ToldError;
              toast({ tone: 'danger', title: messages.confirm.failed, description: message });
            });
          },
        },
      }),

    /** One of several: neither told of nor undone by itself. */
    async setStatus(id: string, status: Key['status']) {
      const { activate: on, deactivate: off } = api.keys;
      show(await tell((status === 'active' ? on : off).mutate({ account, id }), words));
    },

    /** Once all of several were tried. @param count how many were switched on or off */
    tellOfMany(count: number, status: Key['status']) {
      refresh();
      if (count === 0) return;
      toast({
        title: status === 'active' ? said.manyActivated(count) : said.manyDeactivated(count),
      });
    },

    async renew(apiKey: Key): Promise<IssuedKey> {
      const issued = await run(api.keys.renew.mutate(one(apiKey)));
      show(issued.key);
      return issued;
    },

    /** @param completeAt when the old token goes by itself; `null` for not before somebody deletes it */
    reschedule: (apiKey: Key, completeAt: string | null) =>
      changeOnce(
        api.keys.reschedule.mutate({ ...one(apiKey), completeAt }),
        completeAt === null ? said.unscheduled : said.scheduled(format.relative(completeAt)),
      ),

    deleteOldToken: (apiKey: Key) =>
      changeOnce(api.keys.complete.mutate(one(apiKey)), said.oldTokenDeleted),

    undoRenewal: (apiKey: Key) => changeOnce(api.keys.undo.mutate(one(apiKey)), said.renewalUndone),

    withdrawLink: (apiKey: Key) =>
      changeOnce(api.keys.withdrawLink.mutate(one(apiKey)), said.linkWithdrawn),

    async remove(apiKey: Key) {
      await run(api.keys.delete.mutate(one(apiKey)));
      toast({ title: said.deleted(apiKey.name) });
    },
  };
}

export type KeyActions = ReturnType<typeof useKeyActions>;
