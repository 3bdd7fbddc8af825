import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button } from '@latchkey/ui';
import { Frame } from '../features/session/Frame.tsx';
import { personQuery } from '../features/session/queries.ts';
import { useSignOut } from '../features/session/use-sign-out.ts';
import { CreateAccountDialog } from '../features/shell/CreateAccountDialog.tsx';
import { useWords } from '../lib/words/index.ts';

/** What somebody sees who is a member of no account. */
export function NoAccount() {
  const words = useWords();
  const { data: person } = useQuery(personQuery);
  const navigate = useNavigate();
  const signOut = useSignOut();
  const [creating, setCreating] = useState(false);
  return (
    <Frame title={words.noAccount.title} text={words.noAccount.text}>
      {person?.administrator && (
        <Button variant="primary" onClick={() => setCreating(true)}>
          {words.shell.createAccount}
        </Button>
      )}
      <Button onClick={signOut}>{words.shell.signOut}</Button>
      <CreateAccountDialog
        open={creating}
        onOpenChange={setCreating}
        onCreated={(account) => void navigate({ to: '/a/$account/keys', params: { account } })}
      />
    </Frame>
  );
}
