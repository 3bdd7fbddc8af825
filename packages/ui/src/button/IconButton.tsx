import type { ComponentProps, ReactNode } from 'react';
import { cx } from '../internal/cx.ts';
import { Tooltip } from '../tooltip/Tooltip.tsx';
import styles from './Button.module.css';

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children' | 'aria-label'> {
  /** What it does, in words: its name for screen readers and its tooltip. */
  readonly label: string;
  readonly icon: ReactNode;
  readonly size?: 'md' | 'sm' | undefined;
  /** Where a tooltip would only repeat what is beside it. */
  readonly hideTooltip?: boolean | undefined;
}

/** A button that shows only an icon; its label is always there for those who cannot see it. */
export function IconButton(props: IconButtonProps) {
  const { label, icon, size = 'md', hideTooltip = false, className, ...native } = props;
  const button = (
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
  return hideTooltip ? button : <Tooltip content={label}>{button}</Tooltip>;
}
