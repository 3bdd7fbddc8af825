import type { ComponentProps, ReactNode } from 'react';
import { cx } from '../internal/cx.ts';
import styles from './Button.module.css';

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children' | 'aria-label'> {
  /** What it does, in words: its name for screen readers. */
  readonly label: string;
  readonly icon: ReactNode;
  readonly size?: 'md' | 'sm' | undefined;
}

/**
 * A button that shows only an icon; its label is always there for those who cannot see it. Put a
 * `Tooltip` around it where the icon alone would leave others guessing.
 */
export function IconButton(props: IconButtonProps) {
  const { label, icon, size = 'md', className, ...native } = props;
  return (
    <button
      type="button"
      {...native}
      aria-label={label}
      className={cx(styles.iconButton, className)}
      data-size={size}
    >
      {icon}
    </button>
  );
}
