import type { ComponentProps } from 'react';
import type { KeyCalls } from '../api-key/types.ts';
import { isWithinADay } from '../api-key/rules.ts';
import { cx } from '../internal/cx.ts';
import { Notice } from '../notice/Notice.tsx';
import { Skeleton } from '../skeleton/Skeleton.tsx';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';
import styles from './UsageImpact.module.css';

export interface UsageImpactProps extends ComponentProps<'div'> {
  readonly lastUsedAt: string | null;
  /** Calls of late; `loading` while they are looked up, absent where they are not known. */
  readonly calls?: KeyCalls | 'loading' | undefined;
  /** What is said when it is in use, where that is not the end of whatever calls with it. */
  readonly warning?: string | undefined;
}

/** What deleting or switching off will break: when it was last used, and how often of late. */
export function UsageImpact(props: UsageImpactProps) {
  const { lastUsedAt, calls, warning, className, ...native } = props;
  const { messages, format, now } = useLatchkey();
  const words = messages.usage;
  const inUse = isWithinADay(lastUsedAt, now()) || (typeof calls === 'object' && calls.day > 0);
  const figure = (count: keyof KeyCalls) =>
    typeof calls === 'object' ? format.number(calls[count]) : <Skeleton width="3ch" />;
  return (
    <div {...native} className={cx(styles.impact, className)}>
      <dl className={styles.figures} aria-busy={calls === 'loading'}>
        <div className={styles.wide}>
          <dt>{words.lastUsed}</dt>
          <dd>
            {lastUsedAt === null
              ? words.never
              : `${format.relative(lastUsedAt)} · ${format.dateTime(lastUsedAt)}`}
          </dd>
        </div>
        {calls && (
          <>
            <div>
              <dt>{words.day}</dt>
              <dd>{figure('day')}</dd>
            </div>
            <div>
              <dt>{words.week}</dt>
              <dd>{figure('week')}</dd>
            </div>
            <div>
              <dt>{words.month}</dt>
              <dd>{figure('month')}</dd>
            </div>
          </>
        )}
      </dl>
      {inUse && <Notice tone="warning">{warning ?? words.inUse}</Notice>}
    </div>
  );
}
