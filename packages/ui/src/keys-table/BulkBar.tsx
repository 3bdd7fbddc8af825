import { Download, Power, PowerOff, X } from 'lucide-react';
import { Button } from '../button/Button.tsx';
import { IconButton } from '../button/IconButton.tsx';
import { Tooltip } from '../tooltip/Tooltip.tsx';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';
import styles from './KeysTable.module.css';

export type BulkAction = 'activate' | 'deactivate' | 'export';

const icons = {
  activate: <Power size={16} aria-hidden />,
  deactivate: <PowerOff size={16} aria-hidden />,
  export: <Download size={16} aria-hidden />,
} as const satisfies Record<BulkAction, unknown>;

/** What can be done with the selected rows. It stays in view below them, however long the list is. */
export function BulkBar(props: {
  readonly count: number;
  /** How many of them are on other pages. */
  readonly elsewhere: number;
  readonly actions: readonly BulkAction[];
  readonly onAction: (action: BulkAction, pressed: HTMLElement) => void;
  readonly onClear: () => void;
}) {
  const { count, elsewhere, actions, onAction, onClear } = props;
  const { messages } = useLatchkey();
  return (
    <div className={styles.bulk} role="group" aria-label={messages.table.bulk}>
      <span role="status" className={styles.bulkCount}>
        {messages.common.selected(count)}
        {elsewhere > 0 && (
          <span className={styles.elsewhere}>
            {' '}
            · {messages.common.selectedElsewhere(elsewhere)}
          </span>
        )}
      </span>
      <Tooltip content={messages.table.clearSelection}>
        <IconButton
          size="sm"
          label={messages.table.clearSelection}
          icon={<X size={16} aria-hidden />}
          onClick={onClear}
        />
      </Tooltip>
      <div className={styles.bulkActions}>
        {actions.map((action) => (
          <Button
            key={action}
            size="sm"
            icon={icons[action]}
            onClick={({ currentTarget }) => onAction(action, currentTarget)}
          >
            {messages.table[action]}
          </Button>
        ))}
      </div>
    </div>
  );
}
