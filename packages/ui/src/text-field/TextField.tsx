import type { ComponentProps, ReactNode } from 'react';
import { Field, useFieldControl } from '../field/Field.tsx';
import type { FieldOptions } from '../field/Field.tsx';
import field from '../field/Field.module.css';
import { cx } from '../internal/cx.ts';

export interface TextFieldProps
  extends FieldOptions, Omit<ComponentProps<'input'>, 'prefix' | 'className'> {
  readonly onValueChange?: ((value: string) => void) | undefined;
  /** Before the text, such as an icon; decoration only. */
  readonly prefix?: ReactNode;
  /** After the text, such as a button. */
  readonly suffix?: ReactNode;
  /** For identifiers and links. */
  readonly mono?: boolean | undefined;
  readonly className?: string | undefined;
}

/** One line of text with its label. `ref` and every attribute of an input go to the input. */
export function TextField(props: TextFieldProps) {
  const { label, hideLabel, hint, error, optional, ...rest } = props;
  const { onValueChange, onChange, prefix, suffix, mono, className, id, ...native } = rest;
  const options = { label, hideLabel, hint, error, optional };
  const control = useFieldControl(options, id);
  return (
    <Field {...options} controlId={control.id} className={className}>
      <div
        className={field.box}
        data-invalid={error ? '' : undefined}
        data-disabled={native.disabled ? '' : undefined}
      >
        {prefix}
        <input
          type="text"
          autoComplete="off"
          {...native}
          {...control}
          className={cx(field.input, mono && field.mono)}
          onChange={(event) => {
            onChange?.(event);
            onValueChange?.(event.target.value);
          }}
        />
        {suffix}
      </div>
    </Field>
  );
}
