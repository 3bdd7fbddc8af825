import { Secret, type Ports } from '@latchkey/core';

/** How many recovery codes a person gets. */
const count = 10;

/** Crockford's base32: nothing in it looks like something else in it. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** What signs in once in the place of a factor that was lost. */
export interface RecoveryCodes {
  /** @returns a person's new codes, and the hashes that are kept of them. */
  make(): { codes: string[]; hashes: string[] };
  /** What would be kept of a code, however it was typed: one hash for each of the server's secrets. */
  hashes(typed: string): readonly string[];
}

/** A recovery code as it was given out, however it was typed. */
function readCode(typed: string): string {
  return typed
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
    .replaceAll(/[IL]/g, '1')
    .replaceAll('O', '0');
}

/** Makes the recovery codes. */
export function makeRecoveryCodes({
  crypto,
  keyring,
}: Pick<Ports, 'crypto' | 'keyring'>): RecoveryCodes {
  const toSecret = (code: string) => new Secret(readCode(code));
  return {
    make() {
      const codes = Array.from({ length: count }, () => {
        const letters = [...crypto.randomBytes(10)].map((byte) => alphabet[byte % 32]);
        return `${letters.slice(0, 5).join('')}-${letters.slice(5).join('')}`;
      });
      return { codes, hashes: codes.map((code) => keyring.hash('recovery-code', toSecret(code))) };
    },
    hashes: (typed) => keyring.hashes('recovery-code', toSecret(typed)),
  };
}
