import type { ReactNode, Ref } from 'react';
import * as RadixSelect from 'radix-ui/select';
import { Check, ChevronDown } from 'lucide-react';
import { Field, useFieldControl } from '../field/Field.tsx';
import type { FieldOptions } from '../field/Field.tsx';
import { useControlled } from '../internal/use-controlled.ts';
import type { Controllable } from '../internal/use-controlled.ts';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';
import styles from './Select.module.css';

export interface SelectOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly disabled?: boolean | undefined;
}

interface SelectOptions<Value extends string> extends FieldOptions {
  readonly options: readonly SelectOption<Value>[];
  readonly placeholder?: string | undefined;
  readonly disabled?: boolean | undefined;
  readonly size?: 'md' | 'sm' | undefined;
  /** Before the value in the button, such as an icon. */
  readonly prefix?: ReactNode;
  readonly id?: string | undefined;
  /** Goes to the field around; `ref` to the button. */
  readonly className?: string | undefined;
  readonly ref?: Ref<HTMLButtonElement> | undefined;
}

export type SelectProps<Value extends string> = SelectOptions<Value> & Controllable<'value', Value>;

// Radix keeps the empty string for "nothing chosen"; here it may be an option ("All").
const empty = '\u0000empty';
const inward = (value: string) => (value === '' ? empty : value);
const outward = (value: string) => (value === empty ? '' : value);

/** One of many, in a list that opens; typing jumps to the option that begins so. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { label, hideLabel, hint, error, optional, ...rest } = props;
  const { options, placeholder, disabled, size = 'md', prefix, ref } = rest;
  const [value, setValue] = useControlled<Value | null>(
    props.value,
    props.defaultValue ?? null,
    (next) => next !== null && props.onValueChange?.(next),
  );
  const fieldOptions = { label, hideLabel, hint, error, optional };
  const control = useFieldControl(fieldOptions, rest.id);
  const { rootAttributes } = useLatchkey();
  return (
    <Field {...fieldOptions} controlId={control.id} className={rest.className}>
      <RadixSelect.Root
        value={value === null ? '' : inward(value)}
        onValueChange={(next) => setValue(outward(next) as Value)}
        disabled={disabled ?? false}
      >
        <RadixSelect.Trigger
          {...(ref && { ref })}
          {...control}
          aria-labelledby={`${control.id}-label ${control.id}`}
          className={styles.trigger}
          data-size={size}
        >
          {prefix}
          <span className={styles.value}>
            <RadixSelect.Value placeholder={placeholder} />
          </span>
          <RadixSelect.Icon className={styles.chevron}>
            <ChevronDown size={16} aria-hidden />
          </RadixSelect.Icon>
        </RadixSelect.Trigger>
        <RadixSelect.Portal>
          <RadixSelect.Content
            {...rootAttributes}
            className={styles.content}
            position="popper"
            sideOffset={4}
            collisionPadding={8}
          >
            <RadixSelect.Viewport className={styles.viewport}>
              {options.map((option) => (
                <RadixSelect.Item
                  key={option.value}
                  value={inward(option.value)}
                  disabled={option.disabled ?? false}
                  className={styles.item}
                >
                  <RadixSelect.ItemText>{option.label}</RadixSelect.ItemText>
                  <RadixSelect.ItemIndicator>
                    <Check size={16} aria-hidden />
                  </RadixSelect.ItemIndicator>
                </RadixSelect.Item>
              ))}
            </RadixSelect.Viewport>
          </RadixSelect.Content>
        </RadixSelect.Portal>
      </RadixSelect.Root>
    </Field>
  );
}
