import type { ComponentProps, ReactNode } from 'react';
import { cx } from '../internal/cx.ts';
import styles from './Badge.module.css';

export type BadgeTone = 'neutral' | 'accent' | 'success' | 'warning' | 'danger';

export interface BadgeProps extends ComponentProps<'span'> {
  readonly tone?: BadgeTone | undefined;
  readonly icon?: ReactNode;
}

/** A word or two on a tint. The words carry the meaning; the colour only helps to find it. */
export function Badge({ tone = 'neutral', icon, className, children, ...native }: BadgeProps) {
  return (
    <span {...native} className={cx(styles.badge, className)} data-tone={tone}>
      {icon}
      <span className={styles.text} dir="auto">
        {children}
      </span>
    </span>
  );
}
