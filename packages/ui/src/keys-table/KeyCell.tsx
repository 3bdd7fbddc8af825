import type { MouseEvent } from 'react';
import { tokenOf } from '../api-key/rules.ts';
import type { ApiKey } from '../api-key/types.ts';
import { RenewalAlert } from '../renewal-alert/RenewalAlert.tsx';
import styles from './KeysTable.module.css';

export interface KeyLinking {
  /** The address of a key's own page; its name is then a link. */
  readonly keyHref?: ((apiKey: ApiKey) => string) | undefined;
  /** Called instead of following the link on a plain click, so that a router can go there. */
  readonly onOpenKey?: ((apiKey: ApiKey) => void) | undefined;
}

/** Name, identifier and, when its token is old, the alert. */
export function KeyCell({ apiKey, keyHref, onOpenKey }: KeyLinking & { readonly apiKey: ApiKey }) {
  const open = (event: MouseEvent) => {
    if (!onOpenKey || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0)
      return;
    event.preventDefault();
    onOpenKey(apiKey);
  };
  const measured = tokenOf(apiKey, 'old') ?? tokenOf(apiKey, 'current');
  return (
    <div className={styles.key}>
      <div className={styles.keyWords}>
        {keyHref ? (
          <a
            className={styles.name}
            dir="auto"
            href={keyHref(apiKey)}
            onClick={open}
            title={apiKey.name}
          >
            {apiKey.name}
          </a>
        ) : (
          <span className={styles.name} dir="auto" title={apiKey.name}>
            {apiKey.name}
          </span>
        )}
        <span className={styles.identifier} dir="ltr">
          {apiKey.key}
        </span>
      </div>
      <RenewalAlert level={apiKey.alert} tokenCreatedAt={measured?.createdAt} display="icon" />
    </div>
  );
}
