import { isExpired } from '../keys/expiry.ts';
import type { Ports } from '../ports.ts';
import { Secret } from '../tokens/secret.ts';
import { isImportable, presentedAsImported } from '../tokens/imported-token.ts';
import { isWellFormedToken } from '../tokens/token.ts';
import type {
  StoredCredential,
  Verdict,
  VerificationFailure,
  VerificationRequest,
} from './verification.ts';

/** Whether a token's time is over, though it is still stored. */
export function hasEnded({ endsAt }: Pick<StoredCredential, 'endsAt'>, now: Date): boolean {
  return endsAt !== null && endsAt <= now;
}

const failed = (code: VerificationFailure): Verdict => ({ valid: false, code });

/**
 * Decides what a credential is worth.
 *
 * @param credential what is stored under the token's hash, if anything is.
 */
export function decideVerification(
  credential: StoredCredential | undefined,
  request: Omit<VerificationRequest, 'token'>,
  now: Date,
): Verdict {
  const isWrongKey = request.key !== undefined && request.key !== credential?.key;
  if (!credential?.roles || isWrongKey || hasEnded(credential, now)) {
    return failed('INVALID_CREDENTIALS');
  }
  if (credential.status === 'inactive') return failed('INACTIVE');
  if (isExpired(credential, now)) return failed('EXPIRED');
  const permissions = [...new Set(credential.roles.flatMap((role) => role.permissions))].sort();
  if (!request.permissions.every((permission) => permissions.includes(permission))) {
    return failed('INSUFFICIENT_PERMISSIONS');
  }
  return {
    valid: true,
    code: 'VALID',
    account: request.account ?? credential.owner,
    key: {
      id: credential.keyId,
      key: credential.key,
      name: credential.name,
      account: credential.owner,
    },
    roles: credential.roles.map((role) => role.name).sort(),
    permissions,
  };
}

/** Under what a token may be stored; `undefined` for what can be none. */
function hashesOf(
  { crypto, keyring, settings }: Pick<Ports, 'crypto' | 'keyring' | 'settings'>,
  token: string,
): string[] | undefined {
  if (isWellFormedToken(crypto, token)) return keyring.hashes('token', new Secret(token));
  return settings.importedTokens && isImportable(token)
    ? keyring.hashes('imported', presentedAsImported(crypto, token))
    : undefined;
}

/** Checks a credential. A mangled token is refused by its checksum, without a look-up. */
export async function verify(
  ports: Pick<Ports, 'clock' | 'crypto' | 'keyring' | 'settings' | 'usage'> & {
    store: Pick<Ports['store'], 'credentials'>;
  },
  request: VerificationRequest,
): Promise<Verdict> {
  const hashes = hashesOf(ports, request.token);
  if (!hashes) return failed('INVALID_CREDENTIALS');
  const credential = await ports.store.credentials.find(hashes, request.account);
  const at = ports.clock.now();
  const verdict = decideVerification(credential, request, at);
  if (verdict.valid && credential) {
    ports.usage.count({ tokenId: credential.tokenId, keyId: credential.keyId, at });
  }
  return verdict;
}
