import type { ReactNode } from 'react';
import { CircleAlert, Inbox, Lock } from 'lucide-react';
import { Button } from '../button/Button.tsx';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';
import styles from './EmptyState.module.css';

interface Heading {
  /** The title's level among the headings of the page; 2 when absent. */
  readonly headingLevel?: 1 | 2 | 3 | 4 | 5 | 6 | undefined;
}

export interface EmptyStateProps extends Heading {
  readonly title: ReactNode;
  readonly children?: ReactNode;
  readonly icon?: ReactNode;
  /** What to do about it: usually one button. */
  readonly action?: ReactNode;
}

/** Nothing is here, why, and what to do about it. */
export function EmptyState({ title, children, icon, action, headingLevel = 2 }: EmptyStateProps) {
  const Title = `h${headingLevel}` as const;
  return (
    <div className={styles.state}>
      <div className={styles.icon}>{icon ?? <Inbox size={24} aria-hidden />}</div>
      <Title className={styles.title}>{title}</Title>
      {children && <div className={styles.text}>{children}</div>}
      {action && <div className={styles.action}>{action}</div>}
    </div>
  );
}

/** The person may not see what would be here. */
export function ForbiddenState({ headingLevel }: Heading) {
  const { messages } = useLatchkey();
  return (
    <EmptyState
      icon={<Lock size={24} aria-hidden />}
      title={messages.states.forbiddenTitle}
      headingLevel={headingLevel}
    >
      {messages.states.forbiddenText}
    </EmptyState>
  );
}

export interface ErrorStateProps extends Heading {
  readonly title?: ReactNode;
  readonly children?: ReactNode;
  readonly onRetry?: (() => void) | undefined;
}

/** It could not be loaded; with a way to try again. */
export function ErrorState({ title, children, onRetry, headingLevel = 2 }: ErrorStateProps) {
  const Title = `h${headingLevel}` as const;
  const { messages } = useLatchkey();
  return (
    <div className={styles.state} data-tone="danger" role="alert">
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
