import type { ReactNode, Ref } from 'react';
import type { RenewalCompletion } from '../api-key/types.ts';
import { RadioGroup } from '../radio-group/RadioGroup.tsx';
import { DateTimeField } from '../text-field/DateTimeField.tsx';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';

type When = RenewalCompletion['when'];

/** The choice as the form has it: `at` without a time is not finished yet. */
export interface CompletionDraft {
  readonly when: When;
  readonly completeAt: string | null;
}

/** A renewal can be completed automatically at most this far ahead. */
export const furthestCompletion = 90 * 86_400_000;

/** What is wrong with the chosen time; null when nothing is. */
export function useCompletionProblem(draft: CompletionDraft): string | null {
  const { messages, now } = useLatchkey();
  if (draft.when !== 'at') return null;
  if (draft.completeAt === null) return messages.fields.dateRequired;
  const ahead = new Date(draft.completeAt).getTime() - now().getTime();
  if (ahead <= 0) return messages.fields.dateInPast;
  return ahead > furthestCompletion ? messages.fields.dateTooFar : null;
}

/** Later, now, or automatically at a time: for the old token of a renewal. */
export function CompletionChoice(props: {
  readonly value: CompletionDraft;
  readonly onValueChange: (value: CompletionDraft) => void;
  readonly options: readonly When[];
  readonly laterWords?: { readonly label: string; readonly description: string } | undefined;
  readonly label?: string | undefined;
  readonly error?: ReactNode;
  readonly disabled?: boolean | undefined;
  /** The input of the time, while there is one. */
  readonly timeRef: Ref<HTMLInputElement>;
}) {
  const { value, onValueChange, options, laterWords, label, error, disabled, timeRef } = props;
  const { messages, now } = useLatchkey();
  const words = messages.renew;
  const described = {
    later: laterWords ?? { label: words.later, description: words.laterHint },
    now: { label: words.now, description: words.nowHint },
    at: { label: words.at, description: words.atHint },
  } as const satisfies Record<When, unknown>;
  return (
    <RadioGroup
      label={label ?? words.when}
      disabled={disabled}
      value={value.when}
      onValueChange={(when) => onValueChange({ ...value, when })}
      options={options.map((when) => ({
        value: when,
        ...described[when],
        detail: when === 'at' && (
          <DateTimeField
            ref={timeRef}
            label={words.date}
            hideLabel
            required
            value={value.completeAt}
            min={now()}
            max={new Date(now().getTime() + furthestCompletion)}
            error={error}
            disabled={disabled}
            onValueChange={(completeAt) => onValueChange({ when: 'at', completeAt })}
          />
        ),
      }))}
    />
  );
}
