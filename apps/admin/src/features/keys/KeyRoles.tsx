import { useQuery } from '@tanstack/react-query';
import { Button, Card, Notice, Skeleton, useLatchkey } from '@latchkey/ui';
import type { Key } from '../../lib/api.ts';
import { describeFailure, readFailure } from '../../lib/failure.ts';
import { useWords } from '../../lib/words/index.ts';
import { rolesQuery } from '../roles/queries.ts';
import { Permissions } from '../roles/RolesList.tsx';
import styles from './KeyPage.module.css';

/** The roles of a key and what each allows. */
export function KeyRoles(props: { readonly apiKey: Key; readonly account: string }) {
  const { apiKey, account } = props;
  const { messages } = useLatchkey();
  const allWords = useWords();
  const words = allWords.key;
  const { data: roles, ...query } = useQuery(rolesQuery(account));
  const own = apiKey.roles.map(({ id, name }) => ({
    id,
    name,
    permissions: roles?.find((role) => role.id === id)?.permissions,
  }));
  return (
    <Card title={messages.roles.label}>
      {query.isError && !roles && own.length > 0 && (
        <Notice tone="danger" role="alert" title={allWords.roles.failed}>
          <p>{describeFailure(readFailure(query.error), allWords)}</p>
          <Button size="sm" onClick={() => void query.refetch()}>
            {messages.common.retry}
          </Button>
        </Notice>
      )}
      {own.length === 0 && <Notice tone="info">{words.noRoles}</Notice>}
      {own.map((role) => (
        <div key={role.id} className={styles.role}>
          <h3 className={styles.roleName}>{role.name}</h3>
          {/* What is not known yet is not nothing. */}
          {role.permissions && <Permissions permissions={role.permissions} />}
          {!role.permissions && query.isPending && <Skeleton width="16ch" />}
        </div>
      ))}
    </Card>
  );
}
