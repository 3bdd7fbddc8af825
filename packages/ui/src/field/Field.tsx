import { useEffect, useId, useRef } from 'react';
import type { ReactNode } from 'react';
import { CircleAlert } from 'lucide-react';
import { cx } from '../internal/cx.ts';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';
import styles from './Field.module.css';

/** What every field has around its control. */
export interface FieldOptions {
  readonly label: ReactNode;
  /** Keeps the label for screen readers only, where the place makes it plain. */
  readonly hideLabel?: boolean | undefined;
  readonly hint?: ReactNode;
  /** What is wrong with the value, in words; the control is then marked invalid. */
  readonly error?: ReactNode;
  /** Writes "optional" beside the label. */
  readonly optional?: boolean | undefined;
}

interface FieldControl {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': true | undefined;
}

/** The identifiers that tie a control to its label, hint and error. */
export function useFieldControl(options: FieldOptions, id?: string): FieldControl {
  const generated = useId();
  const base = id ?? generated;
  const described = [options.hint ? `${base}-hint` : null, options.error ? `${base}-error` : null];
  return {
    id: base,
    'aria-describedby': cx(...described),
    'aria-invalid': options.error ? true : undefined,
  };
}

interface FieldProps extends FieldOptions {
  readonly controlId: string;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** Label, control, hint and error in their order. */
export function Field({ controlId, className, children, ...options }: FieldProps) {
  const { messages } = useLatchkey();
  return (
    <div className={cx(styles.field, className)} data-invalid={options.error ? '' : undefined}>
      <label
        id={`${controlId}-label`}
        htmlFor={controlId}
        className={options.hideLabel ? 'lk-visually-hidden' : styles.label}
      >
        {options.label}
        {options.optional && <span className={styles.optional}> ({messages.common.optional})</span>}
      </label>
      {children}
      {options.hint && (
        <p id={`${controlId}-hint`} className={styles.hint}>
          {options.hint}
        </p>
      )}
      <FieldError id={`${controlId}-error`}>{options.error}</FieldError>
    </div>
  );
}

/** The words of an error, said aloud when they appear. */
export function FieldError({
  id,
  children,
}: {
  readonly id: string;
  readonly children: ReactNode;
}) {
  return (
    <div aria-live="polite" className={styles.live}>
      {children && <ErrorWords id={id}>{children}</ErrorWords>}
    </div>
  );
}

/** They come into view with the field that has the focus: its end may be below the fold. */
function ErrorWords({ id, children }: { readonly id: string; readonly children: ReactNode }) {
  const words = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    const field = words.current?.parentElement?.parentElement;
    if (field?.contains(document.activeElement)) {
      words.current?.scrollIntoView({ block: 'nearest' });
    }
  }, []);
  return (
    <p ref={words} id={id} className={styles.error}>
      <CircleAlert size={14} aria-hidden />
      {children}
    </p>
  );
}
