import { useId } from 'react';
import type { ReactNode, Ref } from 'react';
import * as RadixCheckbox from 'radix-ui/checkbox';
import { Check, Minus } from 'lucide-react';
import { cx } from '../internal/cx.ts';
import styles from './Checkbox.module.css';

export interface CheckboxProps {
  readonly label: ReactNode;
  readonly hideLabel?: boolean | undefined;
  readonly description?: ReactNode;
  readonly checked?: boolean | 'indeterminate' | undefined;
  readonly defaultChecked?: boolean | undefined;
  readonly onCheckedChange?: ((checked: boolean) => void) | undefined;
  readonly disabled?: boolean | undefined;
  readonly required?: boolean | undefined;
  readonly name?: string | undefined;
  readonly value?: string | undefined;
  readonly id?: string | undefined;
  readonly tabIndex?: number | undefined;
  readonly className?: string | undefined;
  readonly ref?: Ref<HTMLButtonElement>;
}

/** A box to check, with its label and an optional second line. */
export function Checkbox(props: CheckboxProps) {
  const { label, hideLabel, description, onCheckedChange, className, id, ...box } = props;
  const generated = useId();
  const controlId = id ?? generated;
  const { checked, defaultChecked, ...rest } = box;
  return (
    <div className={cx(styles.root, className)} data-disabled={box.disabled ? '' : undefined}>
      <RadixCheckbox.Root
        {...rest}
        {...(checked === undefined ? {} : { checked })}
        {...(defaultChecked === undefined ? {} : { defaultChecked })}
        id={controlId}
        className={styles.box}
        aria-describedby={description ? `${controlId}-description` : undefined}
        onCheckedChange={(next) => onCheckedChange?.(next === true)}
      >
        <RadixCheckbox.Indicator className={styles.indicator}>
          {checked === 'indeterminate' ? (
            <Minus size={14} strokeWidth={3} aria-hidden />
          ) : (
            <Check size={14} strokeWidth={3} aria-hidden />
          )}
        </RadixCheckbox.Indicator>
      </RadixCheckbox.Root>
      <div className={hideLabel ? 'lk-visually-hidden' : styles.words}>
        <label htmlFor={controlId}>{label}</label>
        {description && (
          <div id={`${controlId}-description`} className={styles.description}>
            {description}
          </div>
        )}
      </div>
    </div>
  );
}
