import type { ComponentProps, MouseEvent, ReactNode } from 'react';
import { Slot } from 'radix-ui/slot';
import { cx } from '../internal/cx.ts';
import { Spinner } from './Spinner.tsx';
import styles from './Button.module.css';

export type ButtonVariant = 'primary' | 'secondary' | 'ghost' | 'danger';

export interface ButtonProps extends ComponentProps<'button'> {
  /** One `primary` in a view; `danger` only where something is destroyed. */
  readonly variant?: ButtonVariant | undefined;
  readonly size?: 'md' | 'sm' | undefined;
  /** Something is under way: clicks do nothing, focus stays, and a spinner shows after 200 ms. */
  readonly pending?: boolean | undefined;
  readonly icon?: ReactNode;
  /** Gives looks and behaviour to the child instead, such as a router's link. */
  readonly asChild?: boolean | undefined;
}

/** Starts an action. For going to another place use a link; `asChild` lends it these looks. */
export function Button(props: ButtonProps) {
  const { variant = 'secondary', size = 'md', pending = false, icon, asChild, ...rest } = props;
  const { className, children, onClick, ...native } = rest;
  const shared = {
    ...native,
    className: cx(styles.button, className),
    'data-variant': variant,
    'data-size': size,
  };
  if (asChild) {
    return (
      <Slot {...shared} onClick={onClick}>
        {children}
      </Slot>
    );
  }
  return (
    <button
      type="button"
      {...shared}
      aria-disabled={pending || native['aria-disabled'] || undefined}
      aria-busy={pending || undefined}
      onClick={(event: MouseEvent<HTMLButtonElement>) => {
        if (pending) {
          // A submit button that is pending must not submit its form again.
          event.preventDefault();
          return;
        }
        onClick?.(event);
      }}
    >
      {pending ? <Spinner /> : icon}
      {children}
    </button>
  );
}
