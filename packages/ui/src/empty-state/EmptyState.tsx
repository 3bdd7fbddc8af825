import type { ComponentProps, ReactNode } from 'react';
import { CircleAlert, Inbox, Lock } from 'lucide-react';
import { Button } from '../button/Button.tsx';
import { cx } from '../internal/cx.ts';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';
import styles from './EmptyState.module.css';

interface State extends Omit<ComponentProps<'div'>, 'title'> {
  /** The title's level among the headings of the page; 2 when absent. */
  readonly headingLevel?: 1 | 2 | 3 | 4 | 5 | 6 | undefined;
}

export interface EmptyStateProps extends State {
  readonly title: ReactNode;
  readonly children?: ReactNode;
  readonly icon?: ReactNode;
  /** What to do about it: usually one button. */
  readonly action?: ReactNode;
}

/** Nothing is here, why, and what to do about it. */
export function EmptyState(props: EmptyStateProps) {
  const { title, children, icon, action, headingLevel = 2, className, ...native } = props;
  const Title = `h${headingLevel}` as const;
  return (
    <div {...native} className={cx(styles.state, className)}>
      <div className={styles.icon}>{icon ?? <Inbox size={24} aria-hidden />}</div>
      <Title className={styles.title}>{title}</Title>
      {children && <div className={styles.text}>{children}</div>}
      {action && <div className={styles.action}>{action}</div>}
    </div>
  );
}

/** The person may not see what would be here. */
export function ForbiddenState({ headingLevel, ...native }: State) {
  const { messages } = useLatchkey();
  return (
    <EmptyState
      {...native}
      icon={<Lock size={24} aria-hidden />}
      title={messages.states.forbiddenTitle}
      headingLevel={headingLevel}
    >
      {messages.states.forbiddenText}
    </EmptyState>
  );
}

export interface ErrorStateProps extends State {
  readonly title?: ReactNode;
  readonly children?: ReactNode;
  readonly onRetry?: (() => void) | undefined;
}

/** It could not be loaded; with a way to try again. */
export function ErrorState(props: ErrorStateProps) {
  const { title, children, onRetry, headingLevel = 2, className, ...native } = props;
  const Title = `h${headingLevel}` as const;
  const { messages } = useLatchkey();
  return (
    <div role="alert" {...native} className={cx(styles.state, className)} data-tone="danger">
      <div className={styles.icon}>
        <CircleAlert size={24} aria-hidden />
      </div>
      <Title className={styles.title}>{title ?? messages.states.errorTitle}</Title>
      <div className={styles.text}>{children ?? messages.states.errorText}</div>
      {onRetry && (
        <div className={styles.action}>
          <Button onClick={onRetry}>{messages.common.retry}</Button>
        </div>
      )}
    </div>
  );
}
