import type { CredentialCache } from '../credential-cache.ts';

/** The store's stream of changes, as it is seen from here. */
export interface ChangeFeed {
  /** @returns how to end it. */
  subscribe(listener: Pick<CredentialCache, 'changed' | 'lost' | 'confirmed'>): () => void;
}
