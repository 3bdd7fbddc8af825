import { useState } from 'react';
import type { FieldValues, Path, UseFormSetError } from 'react-hook-form';
import { describeFailure, describeField, readFailure } from './failure.ts';
import type { FailureCode } from './failure.ts';
import { useWords } from './words/index.ts';

/**
 * Sends a form: what the API finds wrong with a field is told at the field, everything else above the
 * buttons.
 *
 * @param fields the fields that the form has
 * @param said what a failure means here, where it is something else than elsewhere
 */
export function useSubmit<Values extends FieldValues>(
  fields: readonly Path<Values>[],
  setError: UseFormSetError<Values>,
  send: (values: Values) => Promise<void>,
  said: Partial<Record<FailureCode, string>> = {},
) {
  const words = useWords();
  const [problem, setProblem] = useState<string | null>(null);
  const submit = async (values: Values) => {
    setProblem(null);
    try {
      await send(values);
    } catch (error) {
      const failure = readFailure(error);
      const rest = failure.fields.filter(({ path, message }) => {
        const field = fields.find((name) => name === path);
        if (field) {
          setError(field, { message: describeField(message, words) }, { shouldFocus: true });
        }
        return !field;
      });
      if (failure.fields.length === 0 || rest.length > 0) {
        setProblem(said[failure.code] ?? describeFailure({ ...failure, fields: rest }, words));
      }
    }
  };
  return { problem, submit };
}
