import { useState } from 'react';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';

const longest = 100;

/** A key's name in a form: required, at most 100 characters after trimming, any script. */
export function useNameField(initial: string) {
  const { messages } = useLatchkey();
  const [value, setValue] = useState(initial);
  const trimmed = value.trim();
  const problem = (() => {
    if (trimmed === '') return messages.fields.nameRequired;
    return [...trimmed].length > longest ? messages.fields.nameTooLong : null;
  })();
  return { value, setValue, trimmed, problem };
}
