import type { ComponentProps } from 'react';
import { cx } from '../internal/cx.ts';
import styles from './Skeleton.module.css';

export interface SkeletonProps extends ComponentProps<'span'> {
  /** Any CSS length. */
  readonly width?: string | undefined;
  readonly height?: string | undefined;
}

/** The shape of what is being loaded. Hidden from screen readers: say "loading" once, around it. */
export function Skeleton(props: SkeletonProps) {
  const { width = '100%', height = '1em', className, style, ...native } = props;
  return (
    <span
      aria-hidden
      {...native}
      className={cx(styles.skeleton, className)}
      style={{ inlineSize: width, blockSize: height, ...style }}
    />
  );
}
