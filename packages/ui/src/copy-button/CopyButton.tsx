import { useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { Check, Copy } from 'lucide-react';
import { Button } from '../button/Button.tsx';
import type { ButtonVariant } from '../button/Button.tsx';
import { IconButton } from '../button/IconButton.tsx';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';
import styles from './CopyButton.module.css';

export interface CopyButtonProps {
  readonly text: string;
  readonly label?: string | undefined;
  readonly variant?: ButtonVariant | undefined;
  readonly size?: 'md' | 'sm' | undefined;
  /** Only the icon, with the label as its name. */
  readonly iconOnly?: boolean | undefined;
  /** The field that shows the text: selected for copying by hand where the browser refuses. */
  readonly field?: RefObject<HTMLInputElement | null> | undefined;
  readonly onCopied?: (() => void) | undefined;
  readonly onRefused?: (() => void) | undefined;
}

/** Copies a text and says so. Where the browser refuses, it selects the text and says how to go on. */
export function CopyButton(props: CopyButtonProps) {
  const { text, variant = 'secondary', size = 'md', iconOnly, field, onCopied, onRefused } = props;
  const { messages } = useLatchkey();
  const label = props.label ?? messages.copy.copy;
  const [outcome, setOutcome] = useState<'idle' | 'copied' | 'refused'>('idle');
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const copy = async () => {
    clearTimeout(timer.current);
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      field?.current?.focus();
      field?.current?.select();
      setOutcome('refused');
      onRefused?.();
      return;
    }
    setOutcome('copied');
    timer.current = setTimeout(() => setOutcome('idle'), 2500);
    onCopied?.();
  };

  const icon =
    outcome === 'copied' ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />;
  return (
    <>
      {iconOnly ? (
        <IconButton
          label={outcome === 'copied' ? messages.copy.copied : label}
          icon={icon}
          size={size}
          title={label}
          data-outcome={outcome}
          onClick={copy}
        />
      ) : (
        <Button variant={variant} size={size} icon={icon} data-outcome={outcome} onClick={copy}>
          {outcome === 'copied' ? messages.copy.copied : label}
        </Button>
      )}
      <span role="status" className={outcome === 'refused' ? styles.refused : 'lk-visually-hidden'}>
        {outcome === 'copied' && messages.copy.copied}
        {outcome === 'refused' && messages.copy.refused}
      </span>
    </>
  );
}
