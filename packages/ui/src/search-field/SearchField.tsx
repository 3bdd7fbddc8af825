import { useEffect, useRef, useState } from 'react';
import { Search, X } from 'lucide-react';
import { IconButton } from '../button/IconButton.tsx';
import { mergeRefs } from '../internal/merge-refs.ts';
import { useControlled } from '../internal/use-controlled.ts';
import type { Controllable } from '../internal/use-controlled.ts';
import { TextField } from '../text-field/TextField.tsx';
import type { TextFieldProps } from '../text-field/TextField.tsx';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';

interface SearchFieldOptions extends Omit<
  TextFieldProps,
  'label' | 'value' | 'defaultValue' | 'onValueChange' | 'prefix' | 'suffix' | 'type' | 'role'
> {
  readonly label?: string | undefined;
  /** How long a pause is, in milliseconds. */
  readonly delay?: number | undefined;
}

/** `onValueChange` is called when the person pauses, not at every letter; at once when cleared or on Enter. */
export type SearchFieldProps = SearchFieldOptions & Controllable<'value', string>;

/** Searches as you type. Escape clears it. `ref` and every attribute of an input go to the input. */
export function SearchField(props: SearchFieldProps) {
  const { value: given, defaultValue, onValueChange, label, placeholder, ...rest } = props;
  const { delay = 250, onKeyDown, ref, ...native } = rest;
  const [value, setValue] = useControlled(given, defaultValue ?? '', onValueChange);
  const { messages } = useLatchkey();
  const [text, setText] = useState(value);
  const [seen, setSeen] = useState(value);
  const [told, setTold] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => () => clearTimeout(timer.current), []);

  // The owner changed it (the back button, "clear filters"): show that. What it was told comes back
  // late, and perhaps trimmed, while the person types on.
  if (value !== seen) {
    setSeen(value);
    if (value.trim() !== told.trim()) {
      setTold(value);
      setText(value);
    }
  }

  const settle = (next: string) => {
    clearTimeout(timer.current);
    setTold(next);
    if (next.trim() !== value.trim()) setValue(next);
  };
  const type = (next: string) => {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => settle(next), delay);
  };
  const clear = () => {
    setText('');
    settle('');
    input.current?.focus();
  };

  return (
    <TextField
      hideLabel
      {...native}
      ref={mergeRefs(input, ref)}
      type="search"
      role="searchbox"
      label={label ?? messages.search.label}
      placeholder={placeholder ?? messages.search.placeholder}
      value={text}
      onValueChange={type}
      onKeyDown={(event) => {
        onKeyDown?.(event);
        if (event.key === 'Enter') settle(text);
        if (event.key === 'Escape' && text !== '') {
          // Only the search is cleared; a dialog around it stays.
          event.stopPropagation();
          event.preventDefault();
          clear();
        }
      }}
      prefix={<Search size={16} aria-hidden />}
      suffix={
        text !== '' && (
          <IconButton
            size="sm"
            label={messages.search.clear}
            icon={<X size={16} aria-hidden />}
            onClick={clear}
          />
        )
      }
    />
  );
}
