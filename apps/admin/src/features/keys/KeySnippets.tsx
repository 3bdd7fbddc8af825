import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Card, CodeBlock, TabPanel, Tabs } from '@latchkey/ui';
import type { Key } from '../../lib/api.ts';
import { useWords } from '../../lib/words/index.ts';
import { instanceQuery } from '../session/queries.ts';
import { rolesQuery } from '../roles/queries.ts';
import { snippetsOf } from './snippets.ts';
import type { SnippetName } from './snippets.ts';

/** What an integrator copies, filled with the key. */
export function KeySnippets(props: { readonly apiKey: Key; readonly account: string }) {
  const { apiKey, account } = props;
  const words = useWords().key;
  const [shown, setShown] = useState<SnippetName>('curl');
  const { data: roles = [] } = useQuery(rolesQuery(account));
  const permission =
    apiKey.roles
      .flatMap(({ id }) => roles.find((role) => role.id === id)?.permissions ?? [])
      .at(0) ?? null;
  const { data: instance, isPending } = useQuery(instanceQuery);
  if (isPending) return null;
  const { origin } = location;
  // Without the names of the headers nginx would be told to pass the credential on.
  const snippets = snippetsOf({
    key: apiKey.key,
    origin,
    permission,
    headers: instance?.credentialHeaders ?? null,
  });
  return (
    <Card title={words.snippets} description={words.snippetsText}>
      <Tabs<SnippetName>
        label={words.snippets}
        items={snippets.map(({ name, label }) => ({ value: name, label }))}
        value={shown}
        onValueChange={setShown}
      >
        {snippets.map(({ name, label, code }) => (
          <TabPanel key={name} value={name}>
            <CodeBlock label={label} code={code} />
          </TabPanel>
        ))}
      </Tabs>
    </Card>
  );
}
