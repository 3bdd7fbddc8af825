import { useEffect, useRef } from 'react';
import type { ComponentProps, ReactNode } from 'react';
import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import { cx } from '../internal/cx.ts';
import { mergeRefs } from '../internal/merge-refs.ts';
import styles from './Notice.module.css';

export type NoticeTone = 'info' | 'success' | 'warning' | 'danger';

const icons = {
  info: Info,
  success: CircleCheck,
  warning: TriangleAlert,
  danger: CircleAlert,
} as const satisfies Record<NoticeTone, unknown>;

export interface NoticeProps extends Omit<ComponentProps<'div'>, 'title'> {
  readonly tone?: NoticeTone | undefined;
  readonly title?: ReactNode;
  /** At the end, such as a button. */
  readonly action?: ReactNode;
  /**
   * `alert` says it aloud at once; for what appears in answer to an action. In a form or dialog, which
   * may be longer than the window, it also comes into view.
   */
  readonly role?: 'alert' | 'status' | 'note' | undefined;
}

/** Something to know before going on, in the flow of the page or the dialog. */
export function Notice(props: NoticeProps) {
  const { tone = 'info', title, children, action, className, ref, ...native } = props;
  const { role } = native;
  const Icon = icons[tone];
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const answers = role === 'alert' && root.current?.closest('form, [role$="dialog"]');
    if (answers) root.current?.scrollIntoView({ block: 'nearest' });
  }, [role]);
  return (
    <div
      {...native}
      ref={mergeRefs(root, ref)}
      className={cx(styles.notice, className)}
      data-tone={tone}
    >
      <Icon className={styles.icon} size={18} aria-hidden />
      <div className={styles.words}>
        {title && <p className={styles.title}>{title}</p>}
        {children && <div>{children}</div>}
      </div>
      {action && <div className={styles.action}>{action}</div>}
    </div>
  );
}
