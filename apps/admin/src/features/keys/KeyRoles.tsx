import { useQuery } from '@tanstack/react-query';
import { Card, Notice, useLatchkey } from '@latchkey/ui';
import type { Key } from '../../lib/api.ts';
import { useWords } from '../../lib/words/index.ts';
import { rolesQuery } from '../roles/queries.ts';
import { Permissions } from '../roles/RolesList.tsx';
import styles from './KeyPage.module.css';

/** The roles of a key and what each allows. */
export function KeyRoles(props: { readonly apiKey: Key; readonly account: string }) {
  const { apiKey, account } = props;
  const { messages } = useLatchkey();
  const words = useWords().key;
  const { data: roles = [] } = useQuery(rolesQuery(account));
  const own = apiKey.roles.map(({ id, name }) => ({
    id,
    name,
    permissions: roles.find((role) => role.id === id)?.permissions ?? [],
  }));
  return (
    <Card title={messages.roles.label}>
      {own.length === 0 && <Notice tone="info">{words.noRoles}</Notice>}
      {own.map((role) => (
        <div key={role.id} className={styles.role}>
          <h3 className={styles.roleName}>{role.name}</h3>
          <Permissions permissions={role.permissions} />
        </div>
      ))}
    </Card>
  );
}
