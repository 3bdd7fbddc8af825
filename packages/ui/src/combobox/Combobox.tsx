import { useState } from 'react';
import type { ReactNode, Ref } from 'react';
import { useCombobox } from 'downshift';
import type { UseComboboxState, UseComboboxStateChangeOptions } from 'downshift';
import * as RadixPopover from 'radix-ui/popover';
import { Check, ChevronDown } from 'lucide-react';
import { Field, useFieldControl } from '../field/Field.tsx';
import type { FieldOptions } from '../field/Field.tsx';
import field from '../field/Field.module.css';
import { useControlled } from '../internal/use-controlled.ts';
import type { Controllable } from '../internal/use-controlled.ts';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';
import styles from './Combobox.module.css';

export interface ComboboxOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
}

interface ComboboxOptions<Value extends string> extends FieldOptions {
  readonly options: readonly ComboboxOption<Value>[];
  readonly placeholder?: string | undefined;
  readonly disabled?: boolean | undefined;
  /** Before the text, such as an icon; decoration only. */
  readonly prefix?: ReactNode;
  readonly id?: string | undefined;
  readonly className?: string | undefined;
  readonly ref?: Ref<HTMLInputElement>;
}

export type ComboboxProps<Value extends string> = ComboboxOptions<Value> &
  Controllable<'value', Value>;

const labelOf = (option: ComboboxOption<string> | null) => option?.label ?? '';

/** What was typed and not chosen goes when the list closes: a text that is no option would mean nothing. */
function keepWhatWasChosen<Option extends ComboboxOption<string>>(
  state: UseComboboxState<Option>,
  { type, changes }: UseComboboxStateChangeOptions<Option>,
): Partial<UseComboboxState<Option>> {
  const { stateChangeTypes } = useCombobox;
  if (type !== stateChangeTypes.InputBlur && type !== stateChangeTypes.InputKeyDownEscape) {
    return changes;
  }
  return {
    ...changes,
    selectedItem: state.selectedItem,
    inputValue: labelOf(state.selectedItem),
  };
}

/**
 * One of many, found by typing any part of it. For a handful of options use `Select`; for several at a
 * time that need explaining, `RolePicker`.
 */
export function Combobox<Value extends string>(props: ComboboxProps<Value>) {
  const { label, hideLabel, hint, error, optional, ...rest } = props;
  const { options, placeholder, disabled = false, prefix, className, ref } = rest;
  const fieldOptions = { label, hideLabel, hint, error, optional };
  const control = useFieldControl(fieldOptions, rest.id);
  const { messages, rootAttributes } = useLatchkey();
  const [value, setValue] = useControlled<Value | null>(
    props.value,
    props.defaultValue ?? null,
    (next) => next !== null && props.onValueChange?.(next),
  );
  /** What is searched for; null while nothing was typed since the list opened. */
  const [search, setSearch] = useState<string | null>(null);
  const wanted = search?.trim().toLocaleLowerCase() ?? '';
  const shown = options.filter((option) => option.label.toLocaleLowerCase().includes(wanted));

  const combobox = useCombobox<ComboboxOption<Value>>({
    items: shown,
    selectedItem: options.find((option) => option.value === value) ?? null,
    itemToString: labelOf,
    itemToKey: (option) => option?.value,
    inputId: control.id,
    labelId: `${control.id}-label`,
    menuId: `${control.id}-list`,
    toggleButtonId: `${control.id}-toggle`,
    getItemId: (index) => `${control.id}-option-${index}`,
    stateReducer: keepWhatWasChosen,
    onStateChange: ({ type, inputValue, isOpen }) => {
      if (type === useCombobox.stateChangeTypes.InputChange) setSearch(inputValue ?? '');
      else if (isOpen === false) setSearch(null);
    },
    onSelectedItemChange: ({ selectedItem }) => setValue(selectedItem?.value ?? null),
  });
  const { isOpen, highlightedIndex, selectedItem } = combobox;

  return (
    <Field {...fieldOptions} controlId={control.id} className={className}>
      <RadixPopover.Root open={isOpen}>
        <RadixPopover.Anchor asChild>
          <div
            className={field.box}
            data-invalid={error ? '' : undefined}
            data-disabled={disabled ? '' : undefined}
          >
            {prefix}
            <input
              {...combobox.getInputProps({ ...(ref && { ref }), disabled })}
              {...control}
              type="text"
              // Its column says how wide it is, but what the first option says has room: in a filter, that
              // all are meant. The browser reckons with wider letters than ours.
              size={Math.max(1, Math.ceil(0.7 * (options[0]?.label.length ?? 0)))}
              className={field.input}
              placeholder={placeholder}
              onFocus={(event) => event.currentTarget.select()}
            />
            <button
              type="button"
              {...combobox.getToggleButtonProps({ disabled })}
              aria-label={messages.combobox.options}
              className={styles.toggle}
            >
              <ChevronDown size={16} aria-hidden />
            </button>
          </div>
        </RadixPopover.Anchor>
        <RadixPopover.Portal>
          <RadixPopover.Content
            {...rootAttributes}
            role="presentation"
            className={styles.content}
            align="start"
            sideOffset={4}
            collisionPadding={8}
            // The field keeps the focus, and says itself when the list is to close.
            onOpenAutoFocus={(event) => event.preventDefault()}
            onCloseAutoFocus={(event) => event.preventDefault()}
            onEscapeKeyDown={(event) => event.preventDefault()}
            onInteractOutside={(event) => event.preventDefault()}
          >
            <ul
              {...combobox.getMenuProps({}, { suppressRefError: true })}
              aria-label={typeof label === 'string' ? label : undefined}
              className={styles.list}
            >
              {shown.map((option, index) => (
                <li
                  key={option.value}
                  {...combobox.getItemProps({ item: option, index })}
                  className={styles.item}
                  data-highlighted={index === highlightedIndex ? '' : undefined}
                >
                  <span className={styles.text} dir="auto">
                    {option.label}
                  </span>
                  {option.value === selectedItem?.value && <Check size={16} aria-hidden />}
                </li>
              ))}
            </ul>
            <p role="status" className={shown.length === 0 ? styles.nothing : 'lk-visually-hidden'}>
              {search !== null && messages.combobox.found(shown.length)}
            </p>
          </RadixPopover.Content>
        </RadixPopover.Portal>
      </RadixPopover.Root>
    </Field>
  );
}
