import { useEffect, useRef, useState } from 'react';
import { Search, X } from 'lucide-react';
import { IconButton } from '../button/IconButton.tsx';
import { TextField } from '../text-field/TextField.tsx';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';

export interface SearchFieldProps {
  readonly value: string;
  /** Called when the person pauses, not at every letter; at once when cleared or on Enter. */
  readonly onValueChange: (value: string) => void;
  readonly label?: string | undefined;
  readonly placeholder?: string | undefined;
  /** How long a pause is, in milliseconds. */
  readonly delay?: number | undefined;
  readonly className?: string | undefined;
}

/** Searches as you type. Escape clears it. */
export function SearchField(props: SearchFieldProps) {
  const { value, onValueChange, label, placeholder, delay = 250, className } = props;
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
    if (next.trim() !== value.trim()) onValueChange(next);
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
      ref={input}
      type="search"
      role="searchbox"
      label={label ?? messages.search.label}
      hideLabel
      placeholder={placeholder ?? messages.search.placeholder}
      className={className}
      value={text}
      onValueChange={type}
      onKeyDown={(event) => {
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
