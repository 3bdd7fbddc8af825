import type { ComponentProps } from 'react';
import { Field, useFieldControl } from '../field/Field.tsx';
import type { FieldOptions } from '../field/Field.tsx';
import field from '../field/Field.module.css';

export interface TextAreaProps extends FieldOptions, Omit<ComponentProps<'textarea'>, 'className'> {
  readonly onValueChange?: ((value: string) => void) | undefined;
  readonly className?: string | undefined;
}

/** Several lines of text with their label. */
export function TextArea(props: TextAreaProps) {
  const { label, hideLabel, hint, error, optional, ...rest } = props;
  const { onValueChange, onChange, className, id, ...native } = rest;
  const options = { label, hideLabel, hint, error, optional };
  const control = useFieldControl(options, id);
  return (
    <Field {...options} controlId={control.id} className={className}>
      <div className={field.box} data-invalid={error ? '' : undefined}>
        <textarea
          rows={3}
          {...native}
          {...control}
          className={field.input}
          onChange={(event) => {
            onChange?.(event);
            onValueChange?.(event.target.value);
          }}
        />
      </div>
    </Field>
  );
}
