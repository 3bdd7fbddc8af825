import type { Crypto } from '../ports.ts';
import { Secret } from './secret.ts';

const text = new TextEncoder();
const noSalt = new Uint8Array();

/** Hashes and seals with keys derived from the server's secrets. The first secret signs, all of them verify. */
export interface Keyring {
  /** The hash under which a new token, link, invitation, recovery code or reset link is stored. */
  hash(purpose: HashPurpose, secret: Secret): string;
  /** The hashes under which it may have been stored: one for each of the server's secrets. */
  hashes(purpose: HashPurpose, secret: Secret): string[];
  /** Encrypts a token so that only the link token and the server's secret together open it. */
  seal(token: Secret, linkToken: Secret, linkId: string): Uint8Array;
  /** Opens what {@link Keyring.seal} made, under whichever of the server's secrets. */
  open(ciphertext: Uint8Array, linkToken: Secret, linkId: string): Secret;
  /** Encrypts the signing secret of a webhook, which must be usable again: under the server's secret alone. */
  sealWebhookSecret(secret: Secret, webhookId: string): Uint8Array;
  /** Opens it, under whichever of the server's secrets; `undefined` when the one it was sealed under is gone. */
  openWebhookSecret(sealed: Uint8Array, webhookId: string): Secret | undefined;
  /** Seals it anew under the present secret of the server; the very same when it is, or when the one it was sealed under is gone. */
  resealWebhookSecret(sealed: Uint8Array, webhookId: string): Uint8Array;
}

/** `imported` is for the tokens of another system: see `importedTokenSecret`. */
export type HashPurpose =
  | 'token'
  | 'imported'
  | 'link'
  | 'invitation'
  | 'recovery-code'
  | 'password-reset';

/**
 * Makes the keyring.
 *
 * @param secrets `LATCHKEY_SECRET`: 32 bytes each, the signing one first.
 */
export function makeKeyring(
  crypto: Crypto,
  secrets: readonly [Uint8Array, ...Uint8Array[]],
): Keyring {
  const hashKeys = (purpose: HashPurpose) =>
    secrets.map((secret) =>
      crypto.hkdfSha256(secret, noSalt, text.encode(`latchkey/hash/${purpose}`), 32),
    );
  const keys = {
    token: hashKeys('token'),
    imported: hashKeys('imported'),
    link: hashKeys('link'),
    invitation: hashKeys('invitation'),
    'recovery-code': hashKeys('recovery-code'),
    'password-reset': hashKeys('password-reset'),
  };
  const hashes = (purpose: HashPurpose, secret: Secret) =>
    keys[purpose].map((key) => crypto.hmacSha256(key, secret.reveal()));
  const sealKey = (secret: Uint8Array, linkToken: Secret) =>
    crypto.hkdfSha256(
      text.encode(linkToken.reveal()),
      secret,
      text.encode('latchkey/seal/link'),
      32,
    );

  const webhookKey = (secret: Uint8Array) =>
    crypto.hkdfSha256(secret, noSalt, text.encode('latchkey/seal/webhook'), 32);
  const [presentWebhookKey, ...olderWebhookKeys] = [
    webhookKey(secrets[0]),
    ...secrets.slice(1).map(webhookKey),
  ] as const;
  const sealForWebhook = (plaintext: Uint8Array, webhookId: string) =>
    crypto.seal(presentWebhookKey, plaintext, text.encode(webhookId));
  const openUnder = (oneOf: readonly Uint8Array[], sealed: Uint8Array, webhookId: string) => {
    for (const key of oneOf) {
      const opened = crypto.open(key, sealed, text.encode(webhookId));
      if (opened) return opened;
    }
    return undefined;
  };

  return {
    hashes,
    hash(purpose, secret) {
      const [signing] = hashes(purpose, secret);
      if (signing === undefined) throw new Error('The keyring has no secret.');
      return signing;
    },
    seal(token, linkToken, linkId) {
      return crypto.seal(
        sealKey(secrets[0], linkToken),
        text.encode(token.reveal()),
        text.encode(linkId),
      );
    },
    open(ciphertext, linkToken, linkId) {
      for (const secret of secrets) {
        const opened = crypto.open(sealKey(secret, linkToken), ciphertext, text.encode(linkId));
        if (opened) return new Secret(new TextDecoder().decode(opened));
      }
      throw new Error(`The ciphertext of link ${linkId} opens under none of the server's secrets.`);
    },
    sealWebhookSecret: (secret, webhookId) =>
      sealForWebhook(text.encode(secret.reveal()), webhookId),
    openWebhookSecret(sealed, webhookId) {
      const opened = openUnder([presentWebhookKey, ...olderWebhookKeys], sealed, webhookId);
      return opened && new Secret(new TextDecoder().decode(opened));
    },
    resealWebhookSecret(sealed, webhookId) {
      const opened = openUnder(olderWebhookKeys, sealed, webhookId);
      return opened ? sealForWebhook(opened, webhookId) : sealed;
    },
  };
}
