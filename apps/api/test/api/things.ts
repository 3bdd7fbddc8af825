import type { z } from 'zod';
import type { account } from '../../src/contract/accounts.ts';
import type { externalKey } from '../../src/contract/external-keys.ts';
import type { apiKey, issuedKey } from '../../src/contract/keys.ts';
import type { issuedInvitation, member } from '../../src/contract/members.ts';
import type { role } from '../../src/contract/roles.ts';
import type { delivery, issuedWebhook } from '../../src/contract/webhooks.ts';
import { RestClient } from './rest-client.ts';

export type Account = z.infer<typeof account>;
export type ApiKey = z.infer<typeof apiKey>;
export type IssuedKey = z.infer<typeof issuedKey>;
export type ExternalKey = z.infer<typeof externalKey>;
export type Member = z.infer<typeof member>;
export type IssuedInvitation = z.infer<typeof issuedInvitation>;
export type Role = z.infer<typeof role>;
export type IssuedWebhook = z.infer<typeof issuedWebhook>;
export type Delivery = z.infer<typeof delivery>;

/** The two halves of a credential. */
export interface Credential {
  key: string;
  token: string;
}

/** What is secret in the URL of a link or an invitation: its last segment. */
export function secretOf(url: string): string {
  return url.slice(url.lastIndexOf('/') + 1);
}

/** Redeems a link as its reader does. */
export async function redeem(url: string, linkUrl: string): Promise<Credential> {
  return new RestClient(url)
    .post(`/v1/credentials/${secretOf(linkUrl)}/redeem`)
    .expect<Credential>(200);
}

/** The two headers that carry a credential. */
export function credentialHeaders({ key, token }: Credential): Record<string, string> {
  return { 'X-API-Key': key, 'X-API-Token': token };
}

/** A client that signs every request with the credential of a key. */
export function asKey(url: string, credential: Credential): RestClient {
  return new RestClient(url, credentialHeaders(credential));
}

/** Creates a role with a name that says nothing but what it allows. */
export async function createRole(
  client: RestClient,
  account: string,
  permissions: readonly string[],
  name = permissions.join(' ') || 'Nothing',
): Promise<Role> {
  return client.post(`/v1/accounts/${account}/roles`, { name, permissions }).expect<Role>(201);
}

/** Generates a key with roles, and redeems its link. */
export async function generateAndRedeem(
  client: RestClient,
  account: string,
  roleIds: readonly string[],
  name = 'Order import',
): Promise<{ key: ApiKey; credential: Credential }> {
  const issued = await client
    .post(`/v1/accounts/${account}/keys`, { name, roleIds })
    .expect<IssuedKey>(201);
  return { key: issued.key, credential: await redeem(client.url, issued.link.url) };
}

/** Invites a person by the link that is shown, and lets them join with a password. */
export async function inviteAndJoin(
  inviter: RestClient,
  account: string,
  person: { email: string; name: string; password: string },
  roleIds: readonly string[],
): Promise<{ client: RestClient; member: Member }> {
  const { invitation, member } = await inviter
    .post(`/v1/accounts/${account}/members`, { email: person.email, roleIds })
    .expect<IssuedInvitation>(201);
  const client = new RestClient(inviter.url);
  const { name, password } = person;
  await client
    .post(`/v1/invitations/${secretOf(invitation?.url ?? '')}/accept`, { name, password })
    .expect(200);
  return { client, member };
}
