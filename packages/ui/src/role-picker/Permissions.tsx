import { useState } from 'react';
import type { RoleOption } from '../api-key/types.ts';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';
import styles from './RolePicker.module.css';

// One more than this is shown rather than hidden: "+1" would take its room.
const few = 4;

/** What a role allows, by name: the first few, and all of a long list on demand. */
export function Permissions({ role }: { readonly role: RoleOption }) {
  const { permissions, name } = role;
  const { messages, format } = useLatchkey();
  const [all, setAll] = useState(false);
  const long = permissions.length > few + 1;
  const shown = long && !all ? permissions.slice(0, few) : permissions;
  return (
    <ul className={styles.permissions} aria-label={messages.roles.permissionsOf(name)}>
      {shown.map((permission) => (
        <li key={permission} className={styles.permission}>
          {permission}
        </li>
      ))}
      {long && (
        <li>
          <button type="button" className={styles.more} onClick={() => setAll(!all)}>
            {all
              ? messages.roles.fewerPermissions
              : `+${format.number(permissions.length - shown.length)}`}
            <span className="lk-visually-hidden">: {messages.roles.permissionsOf(name)}</span>
          </button>
        </li>
      )}
    </ul>
  );
}
