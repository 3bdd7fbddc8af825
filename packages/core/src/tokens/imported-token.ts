import type { Crypto } from '../ports.ts';
import { Secret } from './secret.ts';

/** Texts that can be tokens of another system: of what a header can carry, and not so short that they could be guessed. */
const form = /^[\x21-\x7E]{16,500}$/;

/** Whether a text can be a token that another system made. */
export function isImportable(text: string): boolean {
  return form.test(text);
}

/**
 * What an imported token is kept by: its SHA-256, which other systems keep too, goes through the keyring under a purpose of its own, so that
 * what was theirs is of no use to who reads our database.
 *
 * @param sha256 of the token, base64url.
 */
export function importedTokenSecret(sha256: string): Secret {
  return new Secret(sha256);
}

/** The same, of a token that somebody presents. */
export function presentedAsImported(crypto: Pick<Crypto, 'sha256'>, token: string): Secret {
  return importedTokenSecret(crypto.sha256(token));
}
