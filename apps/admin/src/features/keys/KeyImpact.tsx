import { useQuery } from '@tanstack/react-query';
import { UsageImpact } from '@latchkey/ui';
import type { Key } from '../../lib/api.ts';
import { useAccount } from '../shell/account.ts';
import { keyUsageQuery } from './queries.ts';

/** What deleting a key or switching it off will break. */
export function KeyImpact({ apiKey }: { readonly apiKey: Key }) {
  const { slug } = useAccount();
  const { data, isPending } = useQuery(keyUsageQuery(slug, apiKey.id));
  const calls = data?.calls ?? (isPending ? 'loading' : undefined);
  return <UsageImpact lastUsedAt={apiKey.lastUsedAt} calls={calls} />;
}
