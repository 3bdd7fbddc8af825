import type { ComponentProps } from 'react';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { Button } from '../button/Button.tsx';
import { Select } from '../select/Select.tsx';
import { cx } from '../internal/cx.ts';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';
import styles from './Pagination.module.css';

export interface PaginationProps extends ComponentProps<'nav'> {
  /** All that match, over all pages. */
  readonly total: number;
  /** How many come before this page; with it, "26–50 of 112" is shown. */
  readonly offset?: number | undefined;
  /** How many are on this page. */
  readonly count: number;
  readonly hasPrevious: boolean;
  readonly hasNext: boolean;
  readonly onPrevious: () => void;
  readonly onNext: () => void;
  readonly pageSize?: number | undefined;
  readonly onPageSizeChange?: ((size: number) => void) | undefined;
  /** Says how many there are, when they are not keys. */
  readonly totalLabel?: ((total: number) => string) | undefined;
}

const sizes = [10, 25, 50, 100] as const;

/** Previous and next for lists that are read by cursor, with the total. */
export function Pagination(props: PaginationProps) {
  const { total, offset, count, hasPrevious, hasNext, onPrevious, onNext, ...rest } = props;
  const { pageSize, onPageSizeChange, totalLabel, className, ...native } = rest;
  const { messages, format } = useLatchkey();
  const words = messages.pagination;
  const summary =
    offset === undefined || count === 0
      ? (totalLabel ?? words.total)(total)
      : words.range(format.number(offset + 1), format.number(offset + count), format.number(total));
  return (
    <nav aria-label={words.label} {...native} className={cx(styles.pagination, className)}>
      <p className={styles.total} role="status">
        <bdi>{summary}</bdi>
      </p>
      {pageSize !== undefined && onPageSizeChange && (
        <div className={styles.size}>
          <span aria-hidden>{words.pageSize}</span>
          <Select
            label={words.pageSize}
            hideLabel
            size="sm"
            value={String(pageSize)}
            onValueChange={(value) => onPageSizeChange(Number(value))}
            options={sizes.map((size) => ({ value: String(size), label: format.number(size) }))}
          />
        </div>
      )}
      <div className={styles.buttons}>
        <Button
          size="sm"
          disabled={!hasPrevious}
          onClick={onPrevious}
          icon={<ChevronLeft size={16} aria-hidden className={styles.arrow} />}
        >
          {words.previous}
        </Button>
        <Button size="sm" disabled={!hasNext} onClick={onNext}>
          {words.next}
          <ChevronRight size={16} aria-hidden className={styles.arrow} />
        </Button>
      </div>
    </nav>
  );
}
