import type { ComponentProps, ReactNode } from 'react';
import { cx } from '../internal/cx.ts';
import { CopyButton } from './CopyButton.tsx';
import styles from './CodeBlock.module.css';

export interface CodeBlockProps extends ComponentProps<'figure'> {
  readonly code: string;
  /** What it is, such as "curl": the name of the region that scrolls. */
  readonly label: string;
  readonly footer?: ReactNode;
}

/** A piece of code to copy. */
export function CodeBlock({ code, label, footer, className, ...native }: CodeBlockProps) {
  return (
    <figure {...native} className={cx(styles.block, className)}>
      <div className={styles.bar}>
        <figcaption>{label}</figcaption>
        <CopyButton text={code} iconOnly size="sm" />
      </div>
      {/* A region that scrolls has to be reachable by keyboard. */}
      <pre className={styles.code} tabIndex={0} aria-label={label} role="region">
        <code>{code}</code>
      </pre>
      {footer}
    </figure>
  );
}
