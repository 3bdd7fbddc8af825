import { useMemo } from 'react';
import { Pencil, Trash2 } from 'lucide-react';
import { Badge, DataGrid, focusKebab, KebabMenu, useLatchkey } from '@latchkey/ui';
import type { GridColumn, ReturnFocus } from '@latchkey/ui';
import type { Role } from '../../lib/api.ts';
import { useWords } from '../../lib/words/index.ts';
import { describeRole } from './queries.ts';
import styles from './Roles.module.css';

type RoleAction = 'edit' | 'delete';

/** The roles with all that each allows. */
export function RolesList(props: {
  readonly roles: readonly Role[];
  readonly onAction?:
    | ((action: RoleAction, role: Role, returnFocusTo: ReturnFocus) => void)
    | undefined;
}) {
  const { roles, onAction } = props;
  const { messages, format } = useLatchkey();
  const allWords = useWords();
  const words = allWords.roles;

  const columns = useMemo((): readonly GridColumn<Role>[] => {
    const data: GridColumn<Role>[] = [
      {
        id: 'name',
        header: words.name,
        width: 'minmax(180px, 1fr)',
        card: 'title',
        cell: (role) => (
          <span className={styles.role}>
            <span className={styles.name}>
              <bdi>{role.name}</bdi>
              {role.predefined && <Badge>{words.predefined}</Badge>}
            </span>
            {role.description && (
              <bdi className={styles.description}>{describeRole(role, allWords)}</bdi>
            )}
          </span>
        ),
      },
      {
        id: 'permissions',
        header: words.permissions,
        width: 'minmax(220px, 2.4fr)',
        cell: ({ permissions }) => <Permissions permissions={permissions} />,
      },
      {
        id: 'createdAt',
        header: words.createdAt,
        width: 'minmax(104px, 0.6fr)',
        cell: ({ createdAt }) => <time dateTime={createdAt}>{format.date(createdAt)}</time>,
      },
    ];
    if (!onAction) return data;
    return [
      ...data,
      {
        id: 'actions',
        header: messages.table.actions,
        hideHeader: true,
        width: '56px',
        card: 'corner',
        cell: (role) =>
          !role.predefined && (
            <KebabMenu<RoleAction>
              label={messages.common.actionsFor(role.name)}
              kebabId={role.id}
              items={[
                {
                  id: 'edit',
                  label: messages.actions.edit,
                  icon: <Pencil size={16} aria-hidden />,
                },
                {
                  id: 'delete',
                  label: messages.actions.delete,
                  icon: <Trash2 size={16} aria-hidden />,
                  tone: 'danger',
                  separated: true,
                },
              ]}
              onAction={(action) => onAction(action, role, () => focusKebab(role.id))}
            />
          ),
      },
    ];
  }, [messages, format, allWords, words, onAction]);

  return (
    <DataGrid
      label={words.title}
      columns={columns}
      rows={roles}
      rowId={({ id }) => id}
      rowName={({ name }) => name}
    />
  );
}

/** What is allowed, by its dotted names. */
export function Permissions({ permissions }: Pick<Role, 'permissions'>) {
  const { messages } = useLatchkey();
  if (permissions.length === 0) {
    return <span className={styles.description}>{messages.roles.allowsNothing}</span>;
  }
  return (
    <ul className={styles.permissions}>
      {permissions.map((permission) => (
        <li key={permission}>{permission}</li>
      ))}
    </ul>
  );
}
