import {
  verify,
  type FailureCounter,
  type Ports,
  type Verdict,
  type VerificationRequest,
} from '@latchkey/core';
import { LimitedError, type CredentialCache, type Sighting } from './credential-cache.ts';

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

/**
 * Checks a credential.
 *
 * @param from the client's address, for the limit of unknown tokens.
 * @throws {LimitedError} beyond that limit.
 */
export type Verifier = (request: VerificationRequest, from?: () => string) => Promise<Verified>;

/** Makes the verifier that the endpoints share. */
export function makeVerifier({ credentials, failures, ...ports }: VerifierPorts): Verifier {
  return async (request, from) => {
    let sighting: Sighting | undefined;
    const watched = {
      find: async (hashes: readonly string[], account?: string) => {
        sighting = await credentials.see(hashes, account, from);
        return sighting.value;
      },
    };
    const countFailure = () => {
      if (request.key !== undefined) failures.count(request.key);
    };
    try {
      const verdict = await verify({ ...ports, store: { credentials: watched } }, request);
      if (verdict.code === 'INVALID_CREDENTIALS') countFailure();
      return { verdict, sighting };
    } catch (error) {
      if (error instanceof LimitedError) countFailure();
      throw error;
    }
  };
}
