import { useId, useRef } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import * as RadixRadio from 'radix-ui/radio-group';
import type { RootProps } from '../internal/root-props.ts';
import { useControlled } from '../internal/use-controlled.ts';
import type { Controllable } from '../internal/use-controlled.ts';
import { cx } from '../internal/cx.ts';
import { FieldError } from '../field/Field.tsx';
import styles from './RadioGroup.module.css';

export interface RadioOption<Value extends string> {
  readonly value: Value;
  readonly label: ReactNode;
  readonly description?: ReactNode;
  readonly disabled?: boolean | undefined;
  /** Shown below the option while it is chosen, such as a field that belongs to it. */
  readonly detail?: ReactNode;
}

interface RadioGroupOptions<Value extends string> extends RootProps {
  readonly label: ReactNode;
  readonly hideLabel?: boolean | undefined;
  readonly options: readonly RadioOption<Value>[];
  readonly disabled?: boolean | undefined;
  readonly error?: ReactNode;
}

export type RadioGroupProps<Value extends string> = RadioGroupOptions<Value> &
  Controllable<'value', Value>;

/** One of a few, all of them visible. For more than six use `Select`. */
export function RadioGroup<Value extends string>(props: RadioGroupProps<Value>) {
  const { label, hideLabel, options, disabled, error, value: given, ...rest } = props;
  const { defaultValue, onValueChange, className, ...native } = rest;
  const [value, setValue] = useControlled<Value | null>(
    given,
    defaultValue ?? null,
    (next) => next !== null && onValueChange?.(next),
  );
  const id = useId();
  // Radix moves the focus a moment after the key, and chooses only while the key is still down: a key that a screen reader or a switch
  // presses is up again by then.
  const arrow = useRef(false);
  const noteArrow = ({ key }: KeyboardEvent) => (arrow.current = key.startsWith('Arrow'));
  const chooseByArrow = (option: Value) => {
    if (arrow.current) setValue(option);
    arrow.current = false;
  };
  return (
    <div {...native} className={cx(styles.group, className)}>
      <div id={id} className={hideLabel ? 'lk-visually-hidden' : styles.label}>
        {label}
      </div>
      <RadixRadio.Root
        className={styles.options}
        aria-labelledby={id}
        aria-describedby={error ? `${id}-error` : undefined}
        value={value}
        disabled={disabled ?? false}
        onValueChange={(next) => setValue(next as Value)}
        onKeyDown={noteArrow}
      >
        {options.map((option) => (
          <div key={option.value} className={styles.option}>
            <RadixRadio.Item
              id={`${id}-${option.value}`}
              value={option.value}
              disabled={option.disabled ?? false}
              className={styles.circle}
              onFocus={() => chooseByArrow(option.value)}
              aria-describedby={option.description ? `${id}-${option.value}-hint` : undefined}
            >
              <RadixRadio.Indicator className={styles.dot} />
            </RadixRadio.Item>
            <div className={styles.words}>
              <label htmlFor={`${id}-${option.value}`}>{option.label}</label>
              {option.description && (
                <p id={`${id}-${option.value}-hint`} className={styles.description}>
                  {option.description}
                </p>
              )}
              {option.value === value && option.detail && (
                <div className={styles.detail}>{option.detail}</div>
              )}
            </div>
          </div>
        ))}
      </RadixRadio.Root>
      <FieldError id={`${id}-error`}>{error}</FieldError>
    </div>
  );
}
