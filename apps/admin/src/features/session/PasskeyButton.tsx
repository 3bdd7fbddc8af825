import { useEffect, useRef } from 'react';
import { KeyRound } from 'lucide-react';
import { Button } from '@latchkey/ui';

/** Has the browser ask for a passkey. */
export function PasskeyButton(props: {
  readonly label: string;
  /** It is the first thing to do, and takes the focus. */
  readonly main?: boolean;
  readonly pending: boolean;
  readonly ask: () => void;
}) {
  const { label, main = false, pending, ask } = props;
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!main) return;
    const frame = requestAnimationFrame(() => button.current?.focus());
    return () => cancelAnimationFrame(frame);
  }, [main]);
  return (
    <Button
      ref={button}
      variant={main ? 'primary' : 'secondary'}
      icon={<KeyRound size={16} aria-hidden />}
      pending={pending}
      onClick={ask}
    >
      {label}
    </Button>
  );
}
