import { recordEvent } from '../audit/record-event.ts';
import { changeAccount } from '../call.ts';
import { tellAlerts } from '../notifications/alerts.ts';
import type { Ports } from '../ports.ts';
import { ok, refuseField, type Result } from '../result.ts';
import type { Secret } from '../tokens/secret.ts';
import { checkExpiry } from './expiry.ts';
import { makeIdentifier } from './identifier.ts';
import type { ApiKey } from './key.ts';

/** A key that another system issued. */
export interface KeyToImport {
  /** Its identifier there; without one it gets one of ours. */
  key?: string | undefined;
  name: string;
  /** Names of roles of the account, whatever their case. */
  roles: readonly string[];
  expiresAt: Date | null;
  /** What its token is kept by: see `importedTokenSecret`. */
  token: Secret;
}

/** Takes back what was imported before the key that cannot be. */
class RefusedKey extends Error {
  readonly number: number;

  constructor(number: number, message: string) {
    super(message);
    this.number = number;
  }
}

function refuseKey(index: number, message: string): never {
  throw new RefusedKey(index + 1, message);
}

/**
 * Imports keys of another system, all or none: their holders go on with the tokens that they have.
 *
 * @param slug of the account.
 * @returns how many; or the refusal, whose field is the number of the key from 1.
 */
export async function importKeys(
  ports: Ports,
  slug: string,
  keys: readonly KeyToImport[],
): Promise<Result<number>> {
  const account = await ports.store.accounts.findBySlug(slug);
  if (!account) return refuseField('account', `There is no account ${slug}.`);
  try {
    return await changeAccount(ports, account.id, async (repositories) => {
      const now = ports.clock.now();
      const roles = await repositories.roles.list(account.id);
      const imported: ApiKey[] = [];
      const byName = new Map(roles.map((role) => [role.name.toLowerCase(), role]));
      for (const [index, given] of keys.entries()) {
        const chosen = given.roles.map(
          (name) =>
            byName.get(name.toLowerCase()) ??
            refuseKey(index, `The account has no role ${name}: create it first.`),
        );
        const hashes = ports.keyring.hashes('imported', given.token);
        if (await repositories.credentials.find(hashes))
          refuseKey(index, 'Its token is here already.');
        if (checkExpiry(given.expiresAt, now)) refuseKey(index, 'It has expired already.');
        const key: ApiKey = {
          id: ports.newId(),
          accountId: account.id,
          key: given.key ?? makeIdentifier(ports.crypto, ports.settings.tokenPrefix, slug),
          name: given.name,
          status: 'active',
          roleIds: [...new Set(chosen.map(({ id }) => id))],
          createdAt: now,
          expiresAt: given.expiresAt,
          lastUsedAt: null,
          currentToken: {
            id: ports.newId(),
            hash: ports.keyring.hash('imported', given.token),
            createdAt: now,
            deliveredAt: now,
            lastUsedAt: null,
          },
          renewal: { state: 'none' },
          link: null,
          version: 1,
        };
        if (!(await repositories.keys.add(key)))
          refuseKey(index, 'Its identifier is here already.');
        imported.push(key);
        await recordEvent(
          ports,
          repositories,
          { account, actor: { kind: 'system' }, from: null },
          {
            action: 'key.generated',
            keyId: key.id,
            subject: key.key,
            details: { name: key.name, roles: chosen.map(({ name }) => name), imported: true },
          },
        );
      }
      await tellAlerts(ports, repositories, account, imported);
      return ok(keys.length);
    });
  } catch (error) {
    if (error instanceof RefusedKey) return refuseField(String(error.number), error.message);
    throw error;
  }
}
