import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ConfirmDialog, DescriptionList, Notice, useLatchkey, useToast } from '@latchkey/ui';
import type { DialogState } from '@latchkey/ui';
import { api } from '../../lib/api.ts';
import type { Role } from '../../lib/api.ts';
import { tell } from '../../lib/failure.ts';
import { useWords } from '../../lib/words/index.ts';
import { useAccount } from '../shell/account.ts';
import { roleUsersQuery } from './queries.ts';
import styles from './Roles.module.css';

/** Deletes a role. While something has it, says what, and leads to the keys. */
export function DeleteRoleConfirm({ role, ...dialog }: DialogState & { readonly role: Role }) {
  const allWords = useWords();
  const words = allWords.roles;
  const { messages, format } = useLatchkey();
  const { slug } = useAccount();
  const queryClient = useQueryClient();
  const toast = useToast();
  const { data: users, isPending } = useQuery(roleUsersQuery(slug, role.id));
  const used = users !== undefined && users.keys + users.externalKeys + users.members > 0;
  const counted = (count: number) => ({ details: format.number(count) });
  return (
    <ConfirmDialog
      {...dialog}
      title={words.deleteTitle(role.name)}
      description={words.deleteText}
      // What cannot be counted is still refused by the API while something has the role.
      blocked={isPending || used}
      confirmLabel={messages.actions.delete}
      pendingLabel={messages.deleteKey.pending}
      onConfirm={async () => {
        await tell(api.roles.delete.mutate({ account: slug, id: role.id }), allWords);
        void queryClient.invalidateQueries({ queryKey: ['account', slug] });
        toast({ title: words.deleted(role.name) });
      }}
    >
      {users && used && (
        <>
          <DescriptionList
            items={[
              { term: words.users.keys, ...counted(users.keys) },
              { term: words.users.externalKeys, ...counted(users.externalKeys) },
              { term: words.users.members, ...counted(users.members) },
            ]}
          />
          <Notice
            tone="warning"
            action={
              users.keys > 0 && (
                <Link
                  to="/a/$account/keys"
                  params={{ account: slug }}
                  search={{ role: role.id }}
                  className={styles.link}
                >
                  {words.users.showKeys}
                </Link>
              )
            }
          >
            {words.users.takeFirst}
          </Notice>
        </>
      )}
      {users && !used && <p>{words.users.none}</p>}
    </ConfirmDialog>
  );
}
