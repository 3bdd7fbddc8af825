import { queryOptions } from '@tanstack/react-query';
import type { ProviderWord } from '@latchkey/api/router';
import { openApi } from '../../lib/api.ts';
import { useWords } from '../../lib/words/index.ts';

/** What the company's identity provider is called; `null` where there is none. */
export const providerQuery = queryOptions({
  queryKey: ['provider'],
  queryFn: async ({ signal }) =>
    (await openApi.openIdConnect.provider.query(undefined, { signal })).name,
  staleTime: Infinity,
});

/** What the person has whom the provider let in, and whose second factor is asked for. */
export const awaitedFactorsQuery = queryOptions({
  queryKey: ['provider', 'awaited-factors'],
  queryFn: async ({ signal }) =>
    (await openApi.openIdConnect.awaitedFactors.query(undefined, { signal })).factors,
  // Asked anew when the page is entered. What is on it stays while the person answers.
  staleTime: Infinity,
});

/** What the address tells of the way through the provider, if it tells anything. */
export function readProviderWord(raw: Record<string, unknown>): { provider?: string } {
  return typeof raw['provider'] === 'string' ? { provider: raw['provider'] } : {};
}

/** The same as a word that there is. */
export function useProviderWord(told: string | undefined): ProviderWord | null {
  const { told: known } = useWords().provider;
  return told !== undefined && Object.hasOwn(known, told) ? (told as ProviderWord) : null;
}
