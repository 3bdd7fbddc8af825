import { useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import {
  Button,
  ConfirmDialog,
  ErrorState,
  PageHeader,
  Skeleton,
  useLatchkey,
  useToast,
} from '@latchkey/ui';
import type { ReturnFocus } from '@latchkey/ui';
import { EditMemberDialog } from '../features/members/EditMemberDialog.tsx';
import { InviteDialog } from '../features/members/InviteDialog.tsx';
import { MemberImpact } from '../features/members/MemberImpact.tsx';
import { MembersList } from '../features/members/MembersList.tsx';
import type { MemberAction } from '../features/members/MembersList.tsx';
import { membersQuery, membersScope } from '../features/members/queries.ts';
import { grantableRoles, rolesQuery } from '../features/roles/queries.ts';
import { useAccount } from '../features/shell/account.ts';
import { Forbidden } from '../features/shell/Forbidden.tsx';
import { api } from '../lib/api.ts';
import type { Member } from '../lib/api.ts';
import { describeFailure, readFailure, tell } from '../lib/failure.ts';
import { usePageTitle } from '../lib/use-page-title.ts';
import { useSaveOver } from '../lib/use-save-over.ts';
import { useWords } from '../lib/words/index.ts';

interface Asked {
  readonly action: MemberAction | 'invite';
  readonly member: Member | null;
  readonly returnFocusTo: ReturnFocus;
  readonly time: number;
}

/** The people of the account, and those who are invited. */
export function Members() {
  const allWords = useWords();
  const words = allWords.members;
  const { messages } = useLatchkey();
  usePageTitle(words.title);
  const account = useAccount();
  const { slug } = account;
  const queryClient = useQueryClient();
  const toast = useToast();
  const saveOver = useSaveOver();
  const mayView = account.can('members.edit');
  const listed = useQuery({ ...membersQuery(slug), enabled: mayView });
  const { data = [] } = useQuery({ ...rolesQuery(slug), enabled: mayView });
  const roles = grantableRoles(data, account, allWords);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [open, setOpen] = useState(false);

  if (!mayView) return <Forbidden title={words.title} />;

  const ask = (action: Asked['action'], member: Member | null, returnFocusTo?: ReturnFocus) => {
    setAsked((before) => ({ action, member, returnFocusTo, time: (before?.time ?? 0) + 1 }));
    setOpen(true);
  };
  const run = async <T,>(call: Promise<T>): Promise<T> => {
    try {
      return await tell(call, allWords);
    } finally {
      void queryClient.invalidateQueries({ queryKey: membersScope(slug) });
      // Their own permissions may have changed with it.
      void queryClient.invalidateQueries({ queryKey: ['accounts'] });
    }
  };

  const dialog = { open, onOpenChange: setOpen, returnFocusTo: asked?.returnFocusTo };
  const member = asked?.member;
  return (
    <>
      <PageHeader
        title={words.title}
        description={words.text}
        actions={
          <Button
            variant="primary"
            icon={<UserPlus size={16} aria-hidden />}
            onClick={() => ask('invite', null)}
          >
            {words.invite}
          </Button>
        }
      />
      {listed.isError && !listed.data && (
        <ErrorState title={words.failed} onRetry={() => void listed.refetch()}>
          {describeFailure(readFailure(listed.error), allWords)}
        </ErrorState>
      )}
      {listed.isPending && mayView && <Skeleton height="240px" />}
      {listed.data && <MembersList members={listed.data} onAction={ask} />}
      {(asked?.action === 'invite' || asked?.action === 'inviteAgain') && (
        <InviteDialog
          key={asked.time}
          {...dialog}
          roles={roles}
          member={member ?? null}
          onInvite={(email, roleIds) =>
            run(api.members.invite.mutate({ account: slug, email, roleIds: [...roleIds] }))
          }
        />
      )}
      {asked?.action === 'editRoles' && member && (
        <EditMemberDialog
          key={asked.time}
          {...dialog}
          member={member}
          roles={roles}
          onSave={async (roleIds) => {
            await run(
              saveOver(
                member,
                (ifMatch) =>
                  api.members.edit.mutate({
                    account: slug,
                    id: member.id,
                    roleIds: [...roleIds],
                    ifMatch,
                  }),
                async () => (await api.members.list.query({ account: slug })).items,
              ),
            );
            toast({ title: messages.page.saved(member.name || member.email) });
          }}
        />
      )}
      {asked?.action === 'remove' && member && (
        <ConfirmDialog
          {...dialog}
          title={words.removeTitle(member.name || member.email)}
          description={member.status === 'invited' ? words.takeBackText : words.removeText}
          confirmLabel={messages.actions.remove}
          pendingLabel={messages.removeExternal.pending}
          onConfirm={async () => {
            await run(api.members.remove.mutate({ account: slug, id: member.id }));
            toast({ title: words.removed(member.name || member.email) });
          }}
        >
          <MemberImpact member={member} />
        </ConfirmDialog>
      )}
    </>
  );
}
