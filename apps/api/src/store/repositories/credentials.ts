import type { CredentialRepository, KeyStatus } from '@latchkey/core';
import { sql, type CompiledQuery } from 'kysely';
import type { Database } from '../database.ts';
import { toDate } from '../instants.ts';
import { keepPrepared } from '../prepared.ts';

/** A token with its key and owner, once for each role that it has; without one when it has none. */
interface CredentialRow {
  token_id: string;
  key_id: string;
  identifier: string;
  name: string;
  status: KeyStatus;
  expires_at: number | null;
  ends_at: number | null;
  owner_id: string;
  owner: string;
  role: string | null;
  permissions: string | null;
  is_granted: number;
}

/** Roles as they are stored change rarely and are read on every verification: the same text is parsed once. */
function makePermissionsParser(limit: number): (text: string) => readonly string[] {
  const parsed = new Map<string, readonly string[]>();
  return (text) => {
    const known = parsed.get(text);
    if (known) return known;
    const permissions = JSON.parse(text) as string[];
    if (parsed.size >= limit) parsed.clear();
    parsed.set(text, permissions);
    return permissions;
  };
}

export function makeCredentialRepository({ db }: Database): CredentialRepository {
  const parsePermissions = makePermissionsParser(10_000);
  const credentials = db
    .selectFrom('api_token as token')
    .innerJoin('api_key as key', (join) =>
      join.onRef('key.account_id', '=', 'token.account_id').onRef('key.id', '=', 'token.key_id'),
    )
    .innerJoin('account as owner', 'owner.id', 'token.account_id')
    // Of an old token: the one that replaces it, once somebody received it.
    .leftJoin('api_token as successor', (join) =>
      join
        .on('token.slot', '=', sql.lit('old'))
        .onRef('successor.account_id', '=', 'token.account_id')
        .onRef('successor.key_id', '=', 'token.key_id')
        .on('successor.slot', '=', sql.lit('current'))
        .on('successor.delivered_at', 'is not', null),
    )
    .select([
      'token.id as token_id',
      'key.id as key_id',
      'key.identifier',
      'key.name',
      'key.status',
      'key.expires_at',
      'owner.id as owner_id',
      'owner.slug as owner',
      sql<number | null>`case when successor.id is not null then key.complete_at end`.as('ends_at'),
    ]);

  /** A row for each role that the key has in its own account; one without a role when it has none. */
  const inOwnAccount = credentials
    .leftJoin('api_key_role as granted', (join) =>
      join
        .onRef('granted.account_id', '=', 'key.account_id')
        .onRef('granted.key_id', '=', 'key.id'),
    )
    .leftJoin('role', (join) =>
      join
        .onRef('role.account_id', '=', 'granted.account_id')
        .onRef('role.id', '=', 'granted.role_id'),
    )
    .select(['role.name as role', 'role.permissions', sql<number>`1`.as('is_granted')]);

  /** The same in an account that may be another: its grant to the key decides. */
  const inAccount = (slug: string) =>
    credentials
      .leftJoin('account as asked', (join) => join.on('asked.slug', '=', slug))
      .leftJoin('external_key as external', (join) =>
        join.onRef('external.account_id', '=', 'asked.id').onRef('external.key_id', '=', 'key.id'),
      )
      .leftJoin('api_key_role as own_role', (join) =>
        join.onRef('own_role.account_id', '=', 'asked.id').onRef('own_role.key_id', '=', 'key.id'),
      )
      .leftJoin('external_key_role as external_role', (join) =>
        join
          .onRef('external_role.account_id', '=', 'external.account_id')
          .onRef('external_role.external_key_id', '=', 'external.id'),
      )
      .leftJoin('role', (join) =>
        join
          .onRef('role.account_id', '=', 'asked.id')
          .on('role.id', '=', sql<string>`coalesce(own_role.role_id, external_role.role_id)`),
      )
      .select([
        'role.name as role',
        'role.permissions',
        sql<number>`case when asked.id = owner.id or external.id is not null then 1 else 0 end`.as(
          'is_granted',
        ),
      ]);

  /** The statements, built once for each number of hashes: to build one takes longer than to run it. */
  const statements = new Map<string, CompiledQuery<CredentialRow>>();
  function prepare(hashes: readonly string[], account: string | undefined) {
    const shape = `${String(hashes.length)} ${account === undefined ? 'own' : 'asked'}`;
    const known = statements.get(shape);
    if (known) return known;
    const built: CompiledQuery<CredentialRow> =
      account === undefined
        ? inOwnAccount.where('token.hash', 'in', hashes).compile()
        : inAccount(account).where('token.hash', 'in', hashes).compile();
    const kept = keepPrepared(`credential ${shape}`, built);
    statements.set(shape, kept);
    return kept;
  }

  return {
    async find(tokenHashes, account) {
      const { rows } = await db.executeQuery<CredentialRow>({
        ...prepare(tokenHashes, account),
        parameters: account === undefined ? tokenHashes : [account, ...tokenHashes],
      });
      const [first] = rows;
      if (!first) return undefined;
      return {
        tokenId: first.token_id,
        keyId: first.key_id,
        key: first.identifier,
        name: first.name,
        owner: first.owner,
        ownerId: first.owner_id,
        status: first.status,
        expiresAt: toDate(first.expires_at),
        endsAt: toDate(first.ends_at),
        roles:
          first.is_granted === 1
            ? rows.flatMap(({ role, permissions }) =>
                role === null || permissions === null
                  ? []
                  : { name: role, permissions: parsePermissions(permissions) },
              )
            : null,
      };
    },
  };
}
