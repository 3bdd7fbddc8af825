import {
  verify,
  type FailureCounter,
  type Ports,
  type Verdict,
  type VerificationRequest,
} from '@latchkey/core';
import type { CredentialCache, Sighting } from './credential-cache.ts';

/** What verification takes from outside, its look-up cached. */
export type VerifierPorts = Pick<Ports, 'clock' | 'crypto' | 'keyring' | 'settings' | 'usage'> & {
  credentials: CredentialCache;
  failures: FailureCounter;
};

/** A verdict, and what was known of the credential; `undefined` for a text that is no token. */
export interface Verified {
  verdict: Verdict;
  sighting: Sighting | undefined;
}

/** Checks a credential. */
export type Verifier = (request: VerificationRequest) => Promise<Verified>;

/** Makes the verifier that the endpoints share. */
export function makeVerifier({ credentials, failures, ...ports }: VerifierPorts): Verifier {
  return async (request) => {
    let sighting: Sighting | undefined;
    const watched = {
      find: async (hashes: readonly string[], account?: string) => {
        sighting = await credentials.see(hashes, account);
        return sighting.value;
      },
    };
    const verdict = await verify({ ...ports, store: { credentials: watched } }, request);
    if (verdict.code === 'INVALID_CREDENTIALS' && request.key !== undefined) {
      failures.count(request.key);
    }
    return { verdict, sighting };
  };
}
