import { lazy, Suspense, useState } from 'react';
import { Link2 } from 'lucide-react';
import { Badge, Button, Card, Notice } from '@latchkey/ui';
import type { Profile } from '../../lib/api.ts';
import { useWords } from '../../lib/words/index.ts';
import styles from './Profile.module.css';

const DisconnectDialog = lazy(async () => ({
  default: (await import('./DisconnectDialog.tsx')).DisconnectDialog,
}));

/** Whether the company's identity provider signs the person in, and how to end that; nothing where none is set up. */
export function ProviderCard({ profile }: { readonly profile: Profile }) {
  const words = useWords().profile.provider;
  // It stays while its dialog closes.
  const [asked, setAsked] = useState(0);
  const [open, setOpen] = useState(false);
  const { hasPassword, identityProvider: provider, secondFactor } = profile;
  if (!provider) return null;
  const { connected, name } = provider;
  const isOnlyWayIn = !hasPassword && (secondFactor?.passkeys ?? 0) === 0;
  return (
    <Card
      className={styles.wide}
      title={words.title}
      description={connected ? words.signsIn(name) : words.none(name)}
      actions={
        connected && (
          // The card's header would stretch it to the height of the words beside it.
          <div>
            <Badge tone="success" icon={<Link2 size={14} aria-hidden />}>
              {words.connected}
            </Badge>
          </div>
        )
      }
    >
      {connected && isOnlyWayIn && <Notice>{words.onlyWayIn(name)}</Notice>}
      {connected && !isOnlyWayIn && (
        <div className={styles.buttons}>
          <Button
            onClick={() => {
              setAsked((before) => before + 1);
              setOpen(true);
            }}
          >
            {words.disconnect}
          </Button>
        </div>
      )}
      {asked > 0 && (
        <Suspense fallback={null}>
          <DisconnectDialog
            key={asked}
            open={open}
            onOpenChange={setOpen}
            name={name}
            profile={profile}
          />
        </Suspense>
      )}
    </Card>
  );
}
