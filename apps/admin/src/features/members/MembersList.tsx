import { useMemo } from 'react';
import { CircleCheck, Hourglass, MailPlus, Pencil, UserMinus } from 'lucide-react';
import { Badge, DataGrid, focusKebab, KebabMenu, RoleList, useLatchkey } from '@latchkey/ui';
import type { GridColumn, ReturnFocus } from '@latchkey/ui';
import type { Member } from '../../lib/api.ts';
import { Breakable } from '../../lib/Breakable.tsx';
import { useWords } from '../../lib/words/index.ts';
import styles from './Members.module.css';

export type MemberAction = 'editRoles' | 'inviteAgain' | 'remove';

/** The members: who they are, their roles, and whether they have joined. */
export function MembersList(props: {
  readonly members: readonly Member[];
  readonly onAction: (action: MemberAction, member: Member, returnFocusTo: ReturnFocus) => void;
}) {
  const { members, onAction } = props;
  const { messages, format } = useLatchkey();
  const words = useWords().members;

  const columns = useMemo(
    (): readonly GridColumn<Member>[] => [
      {
        id: 'member',
        header: words.member,
        width: 'minmax(200px, 2fr)',
        card: 'title',
        cell: ({ name, email }) => (
          <span className={styles.member}>
            <span className={styles.name}>
              {name ? <bdi>{name}</bdi> : <Breakable>{email}</Breakable>}
            </span>
            {name && (
              <span className={styles.email}>
                <Breakable>{email}</Breakable>
              </span>
            )}
          </span>
        ),
      },
      {
        id: 'roles',
        header: messages.table.roles,
        width: 'minmax(160px, 2fr)',
        cell: ({ roles }) => <RoleList roles={roles} />,
      },
      {
        id: 'createdAt',
        header: words.since,
        width: 'minmax(104px, 1fr)',
        cell: ({ createdAt }) => <time dateTime={createdAt}>{format.date(createdAt)}</time>,
      },
      {
        id: 'status',
        header: messages.table.status,
        width: 'minmax(104px, 1fr)',
        cell: ({ status }) => (
          <span>
            {status === 'active' ? (
              <Badge tone="success" icon={<CircleCheck size={14} aria-hidden />}>
                {words.active}
              </Badge>
            ) : (
              <Badge tone="warning" icon={<Hourglass size={14} aria-hidden />}>
                {words.invited}
              </Badge>
            )}
          </span>
        ),
      },
      {
        id: 'actions',
        header: messages.table.actions,
        hideHeader: true,
        width: '56px',
        card: 'corner',
        cell: (member) => (
          <KebabMenu<MemberAction>
            label={messages.common.actionsFor(member.name || member.email)}
            kebabId={member.id}
            items={[
              {
                id: 'editRoles',
                label: messages.actions.editRoles,
                icon: <Pencil size={16} aria-hidden />,
              },
              ...(member.status === 'invited'
                ? [
                    {
                      id: 'inviteAgain' as const,
                      label: words.inviteAgain,
                      icon: <MailPlus size={16} aria-hidden />,
                    },
                  ]
                : []),
              {
                id: 'remove',
                label: member.status === 'invited' ? words.takeBack : messages.actions.remove,
                icon: <UserMinus size={16} aria-hidden />,
                tone: 'danger',
                separated: true,
              },
            ]}
            onAction={(action) => onAction(action, member, () => focusKebab(member.id))}
          />
        ),
      },
    ],
    [messages, format, words, onAction],
  );

  return (
    <DataGrid
      label={words.title}
      columns={columns}
      rows={members}
      rowId={({ id }) => id}
      rowName={({ name, email }) => name || email}
    />
  );
}
