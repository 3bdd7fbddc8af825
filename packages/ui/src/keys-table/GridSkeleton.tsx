import { cx } from '../internal/cx.ts';
import type { RootProps } from '../internal/root-props.ts';
import { Skeleton } from '../skeleton/Skeleton.tsx';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';
import skeleton from '../skeleton/Skeleton.module.css';
import styles from './KeysTable.module.css';

const widths = ['62%', '48%', '71%', '55%', '66%', '44%'];

/** The shape of a table that is being loaded; said once for screen readers. */
export function GridSkeleton(props: RootProps & { readonly label: string }) {
  const { label, className, ...native } = props;
  const { messages } = useLatchkey();
  return (
    <div
      {...native}
      className={cx(styles.box, skeleton.waiting, className)}
      role="status"
      aria-label={`${label}: ${messages.common.loading}`}
    >
      <div className={styles.skeletonHead}>
        <Skeleton width="96px" height="12px" />
      </div>
      {widths.map((width) => (
        <div key={width} className={styles.skeletonRow}>
          <div className={styles.skeletonKey}>
            <Skeleton width={width} height="12px" />
            <Skeleton width="120px" height="10px" />
          </div>
          <Skeleton width="70%" height="20px" />
          <Skeleton width="72px" height="12px" />
          <Skeleton width="64px" height="20px" />
        </div>
      ))}
    </div>
  );
}
