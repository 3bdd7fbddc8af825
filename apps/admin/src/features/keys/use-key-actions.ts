import { useQueryClient } from '@tanstack/react-query';
import { useToast, useLatchkey } from '@latchkey/ui';
import type { ApiKey, EditKeyInput, GenerateKeyInput, IssuedKey } from '@latchkey/ui';
import { api } from '../../lib/api.ts';
import type { Key, KeyPage } from '../../lib/api.ts';
import { readFailure, tell } from '../../lib/failure.ts';
import { useWords } from '../../lib/words/index.ts';
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

  const change = async (call: Promise<Key>, title: string) => {
    show(await run(call));
    toast({ title });
  };

  const one = (apiKey: Pick<ApiKey, 'id'>) => ({ account, id: apiKey.id });

  return {
    async generate({ roleIds, ...input }: GenerateKeyInput): Promise<IssuedKey> {
      return run(api.keys.generate.mutate({ account, ...input, roleIds: [...roleIds] }));
    },

    edit: (apiKey: Key, { roleIds, ...changes }: EditKeyInput) =>
      change(
        api.keys.edit.mutate({
          ...one(apiKey),
          ...changes,
          ...(roleIds && { roleIds: [...roleIds] }),
          ifMatch: apiKey.etag,
        }),
        said.saved(changes.name ?? apiKey.name),
      ),

    activate: (apiKey: Key) =>
      change(api.keys.activate.mutate(one(apiKey)), said.activated(apiKey.name)),

    deactivate: (apiKey: Key) =>
      change(api.keys.deactivate.mutate(one(apiKey)), said.deactivated(apiKey.name)),

    async renew(apiKey: Key): Promise<IssuedKey> {
      const issued = await run(api.keys.renew.mutate(one(apiKey)));
      show(issued.key);
      return issued;
    },

    /** @param completeAt when the old token goes by itself; `null` for not before somebody deletes it */
    reschedule: (apiKey: Key, completeAt: string | null) =>
      change(
        api.keys.reschedule.mutate({ ...one(apiKey), completeAt }),
        completeAt === null ? said.unscheduled : said.scheduled(format.relative(completeAt)),
      ),

    deleteOldToken: (apiKey: Key) =>
      change(api.keys.complete.mutate(one(apiKey)), said.oldTokenDeleted),

    undoRenewal: (apiKey: Key) => change(api.keys.undo.mutate(one(apiKey)), said.renewalUndone),

    withdrawLink: (apiKey: Key) =>
      change(api.keys.withdrawLink.mutate(one(apiKey)), said.linkWithdrawn),

    async remove(apiKey: Key) {
      await run(api.keys.delete.mutate(one(apiKey)));
      toast({ title: said.deleted(apiKey.name) });
    },
  };
}

export type KeyActions = ReturnType<typeof useKeyActions>;
