import { useMutation } from '@tanstack/react-query';
import { Building2 } from 'lucide-react';
import { Button, Notice } from '@latchkey/ui';
import { openApi } from '../../lib/api.ts';
import { describeFailure, readFailure } from '../../lib/failure.ts';
import { useWords } from '../../lib/words/index.ts';
import { ProviderNotice } from './ProviderNotice.tsx';
import styles from './Session.module.css';

/** Below a form: the other way, by the company's identity provider. */
export function ProviderButton(props: {
  /** What the provider is called. */
  readonly name: string;
  readonly label: string;
  /** Where to go in the end. */
  readonly returnPath: string;
  /** To be accepted on the way. */
  readonly invitation?: string;
  /** Goes to the provider; in place of this page unless told. */
  readonly onLeave?: (url: string) => void;
}) {
  const { name, label, returnPath, invitation, onLeave } = props;
  const words = useWords();
  const begin = useMutation({
    mutationFn: () =>
      openApi.openIdConnect.begin.mutate({ returnPath, ...(invitation && { invitation }) }),
    onSuccess: ({ url }) => {
      if (url === null) return;
      if (onLeave) onLeave(url);
      else location.assign(url);
    },
  });
  return (
    <div className={styles.other}>
      <p className={styles.or}>{words.provider.or}</p>
      {begin.data?.url === null && <ProviderNotice word="unavailable" name={name} />}
      {begin.isError && (
        <Notice tone="danger" role="alert">
          {describeFailure(readFailure(begin.error), words)}
        </Notice>
      )}
      <Button
        icon={<Building2 size={16} aria-hidden />}
        pending={begin.isPending}
        onClick={() => begin.mutate()}
      >
        {label}
      </Button>
    </div>
  );
}
