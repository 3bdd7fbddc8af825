import { useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { Button, ErrorState, PageHeader, Skeleton, useLatchkey, useToast } from '@latchkey/ui';
import type { ReturnFocus } from '@latchkey/ui';
import { DeleteRoleConfirm } from '../features/roles/DeleteRoleConfirm.tsx';
import { rolesQuery } from '../features/roles/queries.ts';
import { RoleDialog } from '../features/roles/RoleDialog.tsx';
import { RolesList } from '../features/roles/RolesList.tsx';
import { useAccount } from '../features/shell/account.ts';
import { Forbidden } from '../features/shell/Forbidden.tsx';
import type { Role } from '../lib/api.ts';
import { describeFailure, readFailure } from '../lib/failure.ts';
import { usePageTitle } from '../lib/use-page-title.ts';
import { useWords } from '../lib/words/index.ts';

interface Asked {
  readonly action: 'create' | 'edit' | 'delete';
  readonly role: Role | null;
  readonly returnFocusTo: ReturnFocus;
  readonly time: number;
}

/** The roles of the account and what each allows. */
export function Roles() {
  const allWords = useWords();
  const words = allWords.roles;
  const { messages } = useLatchkey();
  usePageTitle(words.title);
  const account = useAccount();
  const queryClient = useQueryClient();
  const toast = useToast();
  const mayView = account.can('keys.view', 'keys.edit', 'roles.edit', 'members.edit');
  const mayEdit = account.can('roles.edit');
  const listed = useQuery({ ...rolesQuery(account.slug), enabled: mayView });
  const [asked, setAsked] = useState<Asked | null>(null);
  const [open, setOpen] = useState(false);

  if (!mayView) return <Forbidden title={words.title} />;

  const ask = (action: Asked['action'], role: Role | null, returnFocusTo?: ReturnFocus) => {
    setAsked((before) => ({ action, role, returnFocusTo, time: (before?.time ?? 0) + 1 }));
    setOpen(true);
  };
  // What keys may do shows with them.
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['account', account.slug] });

  const dialog = { open, onOpenChange: setOpen, returnFocusTo: asked?.returnFocusTo };
  return (
    <>
      <PageHeader
        title={words.title}
        description={words.text}
        actions={
          mayEdit && (
            <Button
              variant="primary"
              icon={<Plus size={16} aria-hidden />}
              onClick={() => ask('create', null)}
            >
              {words.create}
            </Button>
          )
        }
      />
      {listed.isError && !listed.data && (
        <ErrorState title={words.failed} onRetry={() => void listed.refetch()}>
          {describeFailure(readFailure(listed.error), allWords)}
        </ErrorState>
      )}
      {listed.isPending && mayView && <Skeleton height="240px" />}
      {listed.data && <RolesList roles={listed.data} onAction={mayEdit ? ask : undefined} />}
      {asked && asked.action !== 'delete' && (
        <RoleDialog
          key={asked.time}
          {...dialog}
          role={asked.role}
          onSaved={(role) => {
            void refresh();
            toast({ title: messages.page.saved(role.name) });
          }}
        />
      )}
      {asked?.action === 'delete' && asked.role && (
        <DeleteRoleConfirm key={asked.time} {...dialog} role={asked.role} />
      )}
    </>
  );
}
