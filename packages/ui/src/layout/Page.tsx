import type { ComponentProps, ReactNode } from 'react';
import { cx } from '../internal/cx.ts';
import styles from './Page.module.css';

export interface PageHeaderProps extends Omit<ComponentProps<'header'>, 'title'> {
  readonly title: ReactNode;
  /** Beside the title, such as a status. */
  readonly badge?: ReactNode;
  readonly description?: ReactNode;
  /** Above the title: a link back to the list. */
  readonly breadcrumb?: ReactNode;
  /** Buttons; the main one last. */
  readonly actions?: ReactNode;
  readonly level?: 1 | 2 | undefined;
}

/** Where the person is, and what can be done here. */
export function PageHeader(props: PageHeaderProps) {
  const { title, badge, description, breadcrumb, actions, level = 1, ...native } = props;
  const Heading = level === 1 ? 'h1' : 'h2';
  return (
    <header {...native} className={cx(styles.header, native.className)}>
      <div className={styles.heading}>
        {breadcrumb && <div className={styles.breadcrumb}>{breadcrumb}</div>}
        <div className={styles.titleLine}>
          <Heading className={styles.title}>{title}</Heading>
          {badge}
        </div>
        {description && <div className={styles.description}>{description}</div>}
      </div>
      {actions && <div className={styles.actions}>{actions}</div>}
    </header>
  );
}

export interface CardProps extends Omit<ComponentProps<'section'>, 'title'> {
  readonly title?: ReactNode;
  readonly description?: ReactNode;
  readonly actions?: ReactNode;
}

/** A part of a page with a heading of its own. */
export function Card({ title, description, actions, className, children, ...native }: CardProps) {
  return (
    <section {...native} className={cx(styles.card, className)}>
      {(title || actions) && (
        <div className={styles.cardHeader}>
          <div>
            {title && <h2 className={styles.cardTitle}>{title}</h2>}
            {description && <div className={styles.description}>{description}</div>}
          </div>
          {actions && <div className={styles.actions}>{actions}</div>}
        </div>
      )}
      {children}
    </section>
  );
}

/** Search, filters and buttons above a list; wraps on narrow screens. */
export function Toolbar({ className, ...native }: ComponentProps<'div'>) {
  return <div {...native} className={cx(styles.toolbar, className)} />;
}

export interface StatProps extends ComponentProps<'div'> {
  readonly label: ReactNode;
  readonly value: ReactNode;
  readonly hint?: ReactNode;
  readonly tone?: 'neutral' | 'warning' | 'danger' | undefined;
  readonly icon?: ReactNode;
}

/** A figure with its name. Wrap it in a link to open the list that it counts. */
export function Stat({ label, value, hint, tone = 'neutral', icon, ...native }: StatProps) {
  return (
    <div {...native} className={cx(styles.stat, native.className)} data-tone={tone}>
      <div className={styles.statLabel}>
        {icon}
        {label}
      </div>
      <div className={styles.statValue}>{value}</div>
      {hint && <div className={styles.statHint}>{hint}</div>}
    </div>
  );
}

export interface DescriptionListProps extends ComponentProps<'dl'> {
  readonly items: readonly { readonly term: ReactNode; readonly details: ReactNode }[];
}

/** Names and what they stand for, side by side. */
export function DescriptionList({ items, className, ...native }: DescriptionListProps) {
  return (
    <dl {...native} className={cx(styles.descriptions, className)}>
      {items.map((item, index) => (
        // The terms stand in a fixed order and hold no state.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} className={styles.descriptionRow}>
          <dt>{item.term}</dt>
          <dd>{item.details}</dd>
        </div>
      ))}
    </dl>
  );
}
