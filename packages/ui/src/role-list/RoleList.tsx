import type { ComponentProps } from 'react';
import type { RoleRef } from '../api-key/types.ts';
import { Badge } from '../badge/Badge.tsx';
import { cx } from '../internal/cx.ts';
import { Tooltip } from '../tooltip/Tooltip.tsx';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';
import styles from './RoleList.module.css';

export interface RoleListProps extends ComponentProps<'span'> {
  readonly roles: readonly RoleRef[];
  /** How many are shown before "+n"; all of them come on hover and focus. */
  readonly max?: number | undefined;
}

/** The roles of a key, with what overflows behind "+n". */
export function RoleList({ roles, max = 2, className, ...native }: RoleListProps) {
  const { messages, format } = useLatchkey();
  if (roles.length === 0) {
    return (
      <span {...native} className={cx(styles.none, className)}>
        {messages.table.noRoles}
      </span>
    );
  }
  const shown = roles.slice(0, max).map((role) => (
    <Badge key={role.id} title={role.name}>
      {role.name}
    </Badge>
  ));
  const rest = roles.length - shown.length;
  return (
    <span {...native} className={cx(styles.roles, className)}>
      {rest > 0 ? shown.slice(0, -1) : shown}
      {rest > 0 && (
        <span className={styles.last}>
          {shown.at(-1)}
          <Tooltip content={format.list(roles.map((role) => role.name))}>
            <button
              type="button"
              className={styles.more}
              aria-label={messages.table.moreRoles(rest)}
            >
              +{format.number(rest)}
            </button>
          </Tooltip>
        </span>
      )}
    </span>
  );
}
