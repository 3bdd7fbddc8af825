import {
  expiryStates,
  keyAccesses,
  keySorts,
  keyStatuses,
  linkState,
  renewalAlert,
  renewalAlerts,
  usageStates,
  type Account,
  type ApiKey,
  type IssuedLink,
  type Role,
  type Token,
} from '@latchkey/core';
import { z } from 'zod';
import { versionEtag } from './etags.ts';
import { cursor, id, keyName, limit, roleIds, soughtText, time, utcTime } from './values.ts';

export const roleReference = z.object({ id, name: z.string() }).meta({ id: 'RoleReference' });

const token = z
  .object({
    createdAt: utcTime,
    lastUsedAt: utcTime.nullable(),
    state: z.enum(['current', 'old']),
  })
  .meta({ id: 'Token' });

/** A key as every door shows it. */
export const apiKey = z
  .object({
    id,
    key: z.string().meta({ description: 'The identifier.', example: 'lk-acme-7Q4ZK2MD' }),
    name: z.string().meta({ example: 'Order import' }),
    status: z.enum(keyStatuses),
    roles: z.array(roleReference),
    createdAt: utcTime,
    expiresAt: utcTime.nullable(),
    lastUsedAt: utcTime.nullable(),
    alert: z
      .enum(renewalAlerts)
      .meta({ description: 'How old the token is. It disables nothing.' }),
    tokens: z.array(token),
    renewal: z.object({ startedAt: utcTime, completeAt: utcTime.nullable() }).nullable(),
    link: z
      .object({
        state: z.enum(['open', 'redeemed', 'expired', 'withdrawn']),
        expiresAt: utcTime,
        redeemedAt: utcTime.nullable(),
        redeemedFrom: z.string().nullable(),
      })
      .nullable()
      .meta({ description: 'The fate of the newest link, never the link itself.' }),
  })
  .meta({ id: 'ApiKey' });

/** A key over tRPC, which has no headers: its entity tag comes with it. */
export const taggedApiKey = apiKey.extend({ etag: z.string() }).meta({ id: 'TaggedApiKey' });

const issuedLink = z
  .object({
    url: z.string().meta({ example: 'http://localhost:3000/credentials/3Qk0p…' }),
    expiresAt: utcTime,
  })
  .meta({ id: 'IssuedLink', description: 'The single-access link, shown this once.' });

export const issuedKey = z.object({ key: apiKey, link: issuedLink }).meta({ id: 'IssuedKey' });
export const taggedIssuedKey = z
  .object({ key: taggedApiKey, link: issuedLink })
  .meta({ id: 'TaggedIssuedKey' });

const page = { nextCursor: cursor.nullable(), total: z.int() };
export const keyPage = z.object({ items: z.array(apiKey), ...page }).meta({ id: 'KeyPage' });
export const taggedKeyPage = z
  .object({ items: z.array(taggedApiKey), ...page })
  .meta({ id: 'TaggedKeyPage' });

const count = z.int().min(0);
const calls = z
  .object({ day: count, week: count, month: count })
  .meta({ description: 'Successful verifications of late, in whole UTC days.' });

export const keyUsage = z
  .object({
    days: z
      .array(z.object({ day: z.iso.date().meta({ example: '2026-11-24' }), count: z.int() }))
      .meta({ description: 'The last 90 UTC days, oldest first, without those of no call.' }),
    calls,
    tokens: z
      .array(z.object({ state: z.enum(['current', 'old']), calls }))
      .meta({ description: 'The same of each token that the key has.' }),
  })
  .meta({ id: 'KeyUsage' });

const figure = (description: string) => z.int().min(0).meta({ description });

/** An account's keys in figures; each counts what the list shows under the filter of that name. */
export const keysOverview = z
  .object({
    total: figure('All keys.'),
    active: figure('status=active'),
    inactive: figure('status=inactive'),
    due: figure('alert=due'),
    overdue: figure('alert=overdue'),
    idle: figure('usage=idle'),
    neverUsed: figure('usage=never'),
    expiring: figure('expiry=soon'),
    expired: figure('expiry=expired'),
    broad: figure('access=broad'),
    attention: z
      .object({ expiring: z.array(apiKey), overdue: z.array(apiKey) })
      .meta({ description: 'The keys to look after first, at most three of a kind.' }),
  })
  .meta({ id: 'KeysOverview' });

export const keyQuery = {
  search: soughtText(200).optional().meta({
    description: 'Matches name or identifier, anywhere, whatever the case and accents.',
  }),
  status: z.enum(keyStatuses).optional(),
  role: id.optional().meta({ description: 'A role, by its id.' }),
  alert: z.enum(renewalAlerts).optional(),
  usage: z.enum(usageStates).optional().meta({
    description: 'Used, and not within the last 90 days (idle); or never used.',
  }),
  expiry: z.enum(expiryStates).optional().meta({
    description: 'About to expire within 14 days (soon), or past its expiry.',
  }),
  access: z.enum(keyAccesses).optional().meta({
    description: 'With a role that lets a key manage keys, roles or members (broad).',
  }),
  sort: z.enum(keySorts).default('createdAt'),
  order: z.enum(['asc', 'desc']).default('desc'),
  cursor: cursor.optional(),
  limit,
};

export const generateKeyBody = {
  name: keyName,
  roleIds,
  expiresAt: time.nullish().meta({ description: 'Never, when absent.' }),
};

export const editKeyBody = {
  name: keyName.optional(),
  roleIds: roleIds.optional(),
  status: z.enum(keyStatuses).optional(),
  expiresAt: time.nullable().optional(),
};

const iso = (date: Date | null) => date?.toISOString() ?? null;

/** The references to roles that a list of ids stands for. */
export function viewRoles(roles: readonly Role[], ids: readonly string[]) {
  return roles
    .filter((role) => ids.includes(role.id))
    .map(({ id: roleId, name }) => ({ id: roleId, name }));
}

/** Shows a key. @param roles those of the account. */
export function viewKey(
  key: ApiKey,
  account: Account,
  roles: readonly Role[],
  now: Date,
): z.input<typeof taggedApiKey> {
  const { renewal, link } = key;
  const viewToken = ({ createdAt, lastUsedAt }: Token, state: 'current' | 'old') => ({
    createdAt: createdAt.toISOString(),
    lastUsedAt: iso(lastUsedAt),
    state,
  });
  const pending = renewal.state === 'pending' ? renewal : null;
  const redeemed = link?.fate.state === 'redeemed' ? link.fate : null;
  return {
    id: key.id,
    key: key.key,
    name: key.name,
    status: key.status,
    roles: viewRoles(roles, key.roleIds),
    createdAt: key.createdAt.toISOString(),
    expiresAt: iso(key.expiresAt),
    lastUsedAt: iso(key.lastUsedAt),
    alert: renewalAlert(key, account.renewalPeriodMonths, now),
    tokens: [
      viewToken(key.currentToken, 'current'),
      ...(pending ? [viewToken(pending.oldToken, 'old')] : []),
    ],
    renewal: pending && {
      startedAt: pending.startedAt.toISOString(),
      completeAt: iso(pending.completeAt),
    },
    link: link && {
      state: linkState(link, now),
      expiresAt: link.expiresAt.toISOString(),
      redeemedAt: iso(redeemed?.at ?? null),
      redeemedFrom: redeemed?.from ?? null,
    },
    etag: versionEtag(key),
  };
}

/** Shows a link to its issuer: the one place that gives it away. */
export function viewIssued(issued: IssuedLink): z.input<typeof issuedLink> {
  return { url: issued.url.reveal(), expiresAt: issued.expiresAt.toISOString() };
}
