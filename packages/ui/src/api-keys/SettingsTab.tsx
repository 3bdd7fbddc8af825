import { ErrorState, ForbiddenState } from '../empty-state/EmptyState.tsx';
import { GridSkeleton } from '../keys-table/GridSkeleton.tsx';
import { RenewalSettings } from '../renewal-settings/RenewalSettings.tsx';
import { useOptionalToast } from '../toast/Toast.tsx';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';
import type { ApiKeysDataSource, KeySettings } from './source.ts';
import { useLoaded } from './use-keys.ts';

/** The renewal period of the account. */
export function SettingsTab({ source }: { readonly source: ApiKeysDataSource }) {
  const { messages } = useLatchkey();
  const toast = useOptionalToast();
  const settings = useLoaded<KeySettings | null>(
    source,
    async (asked) => (await asked.readSettings?.()) ?? null,
    null,
  );
  if (settings.view.state === 'forbidden') return <ForbiddenState />;
  if (settings.view.state === 'error') {
    return <ErrorState onRetry={settings.view.onRetry}>{settings.view.message}</ErrorState>;
  }
  if (settings.value === null) return <GridSkeleton label={messages.settings.title} />;
  return (
    <RenewalSettings
      value={settings.value.renewalPeriodMonths}
      onSave={async (renewalPeriodMonths) => {
        await source.saveSettings?.({ renewalPeriodMonths });
        await settings.reload();
        toast?.({ title: messages.settings.saved });
      }}
    />
  );
}
