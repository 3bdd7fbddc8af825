import { recordEvent } from '../audit/record-event.ts';
import { change, type Call } from '../call.ts';
import { issueLink, type IssuedLink } from '../links/issue-link.ts';
import { tellAlerts } from '../notifications/alerts.ts';
import type { Ports } from '../ports.ts';
import { ok, type Result } from '../result.ts';
import { chooseRoles } from '../roles/choose-roles.ts';
import { checkExpiry } from './expiry.ts';
import { makeIdentifier } from './identifier.ts';
import type { ApiKey } from './key.ts';

/** The key to generate. */
export interface GenerateKeyInput {
  name: string;
  roleIds: readonly string[];
  /** `null` for never. */
  expiresAt: Date | null;
}

/** Generates a key: active at once, its token known to nobody until the link is redeemed. */
export async function generateKey(
  ports: Ports,
  call: Call,
  input: GenerateKeyInput,
): Promise<Result<{ key: ApiKey; link: IssuedLink }>> {
  return change(ports, call, 'keys.edit', async (repositories, current) => {
    const { account, actor } = current;
    const now = ports.clock.now();
    const roles = await chooseRoles(repositories, account.id, actor, input.roleIds);
    if (!roles.ok) return roles;
    const badExpiry = checkExpiry(input.expiresAt, now);
    if (badExpiry) return badExpiry;

    const { token, link, issued } = issueLink(ports, now);
    const draft: Omit<ApiKey, 'key'> = {
      id: ports.newId(),
      accountId: account.id,
      name: input.name,
      status: 'active',
      roleIds: roles.value.map((role) => role.id),
      createdAt: now,
      expiresAt: input.expiresAt,
      lastUsedAt: null,
      currentToken: token,
      renewal: { state: 'none' },
      link,
      version: 1,
    };
    const identify = (): ApiKey => ({
      ...draft,
      key: makeIdentifier(ports.crypto, ports.settings.tokenPrefix, account.slug),
    });
    let key = identify();
    while (!(await repositories.keys.add(key))) key = identify();

    await recordEvent(ports, repositories, current, {
      action: 'key.generated',
      keyId: key.id,
      subject: key.key,
      details: { name: key.name, roles: roles.value.map((role) => role.name) },
    });
    await tellAlerts(ports, repositories, account, [key]);
    return ok({ key, link: issued });
  });
}
