import { cx } from '../internal/cx.ts';
import styles from './Skeleton.module.css';

export interface SkeletonProps {
  /** Any CSS length. */
  readonly width?: string | undefined;
  readonly height?: string | undefined;
  readonly className?: string | undefined;
}

/** The shape of what is being loaded. Hidden from screen readers: say "loading" once, around it. */
export function Skeleton({ width = '100%', height = '1em', className }: SkeletonProps) {
  return (
    <span
      aria-hidden
      className={cx(styles.skeleton, className)}
      style={{ inlineSize: width, blockSize: height }}
    />
  );
}
