import type { RoleOption } from '../api-key/types.ts';
import { Button } from '../button/Button.tsx';
import type { CollectionView } from '../keys-table/KeysTable.tsx';
import { Notice } from '../notice/Notice.tsx';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';
import type { ApiKeysDataSource } from './source.ts';
import { useLoaded } from './use-keys.ts';

const noRoles: readonly RoleOption[] = [];

/** The roles that the dialogs and the filter offer. */
export function useRoles(source: ApiKeysDataSource) {
  return useLoaded(source, (asked) => asked.listRoles(), noRoles);
}

/** Says that the roles are missing: without it, a form would look as if the account had none. */
export function RolesFailed({ view }: { readonly view: CollectionView }) {
  const { messages } = useLatchkey();
  if (view.state !== 'error' && view.state !== 'forbidden') return null;
  return (
    <Notice
      tone="warning"
      role="alert"
      action={
        view.state === 'error' &&
        view.onRetry && (
          <Button size="sm" onClick={view.onRetry}>
            {messages.common.retry}
          </Button>
        )
      }
    >
      {messages.roles.notLoaded}
    </Notice>
  );
}
