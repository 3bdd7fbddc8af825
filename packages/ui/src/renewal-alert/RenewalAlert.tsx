import { CircleAlert, TriangleAlert } from 'lucide-react';
import type { RenewalAlertLevel } from '../api-key/types.ts';
import { Badge } from '../badge/Badge.tsx';
import { Tooltip } from '../tooltip/Tooltip.tsx';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';
import styles from './RenewalAlert.module.css';

export interface RenewalAlertProps {
  readonly level: RenewalAlertLevel;
  /** When the token that the alert is about was created. */
  readonly tokenCreatedAt?: string | undefined;
  /** `icon` where there is little room: the words then come on hover and focus. */
  readonly display?: 'badge' | 'icon' | undefined;
}

/**
 * Says that a token is old: a triangle for due, a circle for overdue, with words. It disables nothing.
 * Renders nothing for `none`.
 */
export function RenewalAlert(props: RenewalAlertProps) {
  const { level, tokenCreatedAt, display = 'badge' } = props;
  const { messages, format } = useLatchkey();
  if (level === 'none') return null;
  const Icon = level === 'due' ? TriangleAlert : CircleAlert;
  const words = messages.alert[level];
  if (display === 'badge') {
    return (
      <Badge tone={level === 'due' ? 'warning' : 'danger'} icon={<Icon size={14} aria-hidden />}>
        {words}
      </Badge>
    );
  }
  const age = tokenCreatedAt && format.relative(tokenCreatedAt);
  const hint =
    age && (level === 'due' ? messages.alert.dueHint(age) : messages.alert.overdueHint(age));
  return (
    <Tooltip content={hint ? `${words}. ${hint}` : words}>
      <button type="button" className={styles.icon} data-level={level} aria-label={words}>
        <Icon size={16} aria-hidden />
      </button>
    </Tooltip>
  );
}
