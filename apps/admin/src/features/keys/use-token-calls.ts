import { useQuery } from '@tanstack/react-query';
import type { KeyCalls } from '@latchkey/ui';
import { useAccount } from '../shell/account.ts';
import { keyUsageQuery } from './queries.ts';

type Calls = KeyCalls | 'loading' | undefined;

/** How often each token of a key was used of late: what breaks when it goes. @param id of no key, for no calls */
export function useTokenCalls(id: string | undefined): { current: Calls; old: Calls } {
  const { slug } = useAccount();
  const { data, isPending } = useQuery({
    ...keyUsageQuery(slug, id ?? ''),
    enabled: id !== undefined,
  });
  const of = (state: 'current' | 'old'): Calls =>
    data?.tokens.find((token) => token.state === state)?.calls ??
    (isPending && id !== undefined ? 'loading' : undefined);
  return { current: of('current'), old: of('old') };
}
