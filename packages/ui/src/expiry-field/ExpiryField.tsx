import { useState } from 'react';
import type { ReactNode, Ref } from 'react';
import { RadioGroup } from '../radio-group/RadioGroup.tsx';
import { DateTimeField } from '../text-field/DateTimeField.tsx';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';

/** When a key expires, as the form has it: `at` without a date is not finished yet. */
export type ExpiryChoice =
  | { readonly mode: 'never' }
  | { readonly mode: 'at'; readonly expiresAt: string | null };

export function expiryChoice(expiresAt: string | null): ExpiryChoice {
  return expiresAt === null ? { mode: 'never' } : { mode: 'at', expiresAt };
}

export interface ExpiryFieldProps {
  readonly value: ExpiryChoice;
  readonly onValueChange: (value: ExpiryChoice) => void;
  readonly error?: ReactNode;
  readonly disabled?: boolean | undefined;
  /** The input of the date, while there is one. */
  readonly dateRef?: Ref<HTMLInputElement> | undefined;
}

/** Never (the default), or at the end of a day. */
export function ExpiryField(props: ExpiryFieldProps) {
  const { value, onValueChange, error, disabled, dateRef } = props;
  const { messages, now } = useLatchkey();
  const words = messages.fields;
  return (
    <RadioGroup
      label={words.expiry}
      disabled={disabled}
      value={value.mode}
      onValueChange={(mode) =>
        onValueChange(mode === 'never' ? { mode } : { mode, expiresAt: null })
      }
      options={[
        { value: 'never', label: words.neverExpires },
        {
          value: 'at',
          label: words.expiresOn,
          detail: value.mode === 'at' && (
            <DateTimeField
              {...(dateRef && { ref: dateRef })}
              granularity="date"
              label={words.expiryDate}
              hideLabel
              required
              disabled={disabled}
              value={value.expiresAt}
              min={now()}
              error={error}
              onValueChange={(expiresAt) => onValueChange({ mode: 'at', expiresAt })}
            />
          ),
        },
      ]}
    />
  );
}

/** The state of an expiry in a form, with what is wrong once somebody tried to send it. */
export function useExpiry(initial: string | null) {
  const { messages, now } = useLatchkey();
  const [choice, setChoice] = useState(() => expiryChoice(initial));
  const expiresAt = choice.mode === 'never' ? null : choice.expiresAt;
  const problem = (() => {
    if (choice.mode === 'never') return null;
    if (expiresAt === null) return messages.fields.dateRequired;
    if (expiresAt === initial) return null;
    return new Date(expiresAt) <= now() ? messages.fields.dateInPast : null;
  })();
  return { choice, setChoice, expiresAt, problem };
}
