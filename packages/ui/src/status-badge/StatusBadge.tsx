import type { ComponentProps } from 'react';
import {
  CalendarClock,
  CalendarX2,
  CircleCheck,
  CirclePause,
  CircleSlash,
  Hourglass,
} from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { expiryState } from '../api-key/rules.ts';
import type { ApiKey, ExternalKeyStatus } from '../api-key/types.ts';
import { Badge } from '../badge/Badge.tsx';
import type { BadgeTone } from '../badge/Badge.tsx';
import { cx } from '../internal/cx.ts';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';
import styles from './StatusBadge.module.css';

const looks = {
  active: { tone: 'success', Icon: CircleCheck },
  inactive: { tone: 'neutral', Icon: CirclePause },
  deleted: { tone: 'danger', Icon: CircleSlash },
} as const satisfies Record<ExternalKeyStatus, { tone: BadgeTone; Icon: LucideIcon }>;

export interface StatusBadgeProps extends ComponentProps<'span'> {
  readonly status: ExternalKeyStatus;
}

/** Active or inactive, and of an external key also deleted: an icon and a word, never colour alone. */
export function StatusBadge({ status, ...native }: StatusBadgeProps) {
  const { messages } = useLatchkey();
  const { tone, Icon } = looks[status];
  return (
    <Badge {...native} tone={tone} icon={<Icon size={14} aria-hidden />} data-status={status}>
      {messages.status[status]}
    </Badge>
  );
}

export interface KeyStatusBadgesProps extends ComponentProps<'span'> {
  readonly apiKey: Pick<ApiKey, 'status' | 'expiresAt' | 'renewal'>;
}

/** All that there is to know of a key's state: status, expiry when it is near or past, pending renewal. */
export function KeyStatusBadges({ apiKey, className, ...native }: KeyStatusBadgesProps) {
  const { messages, format, now } = useLatchkey();
  const expiry = expiryState(apiKey.expiresAt, now());
  return (
    <span {...native} className={cx(styles.badges, className)}>
      <StatusBadge status={apiKey.status} />
      {apiKey.expiresAt !== null && expiry === 'soon' && (
        <Badge tone="warning" icon={<CalendarClock size={14} aria-hidden />}>
          {messages.status.expires(format.relative(apiKey.expiresAt))}
        </Badge>
      )}
      {expiry === 'expired' && (
        <Badge tone="danger" icon={<CalendarX2 size={14} aria-hidden />}>
          {messages.status.expired}
        </Badge>
      )}
      {apiKey.renewal && (
        <Badge tone="warning" icon={<Hourglass size={14} aria-hidden />}>
          {messages.status.pendingDeletion}
        </Badge>
      )}
    </span>
  );
}
