import type { Crypto, Member, Role } from '@latchkey/core';

/** The entity tag of what counts no versions: a digest of what an admin can edit of it. */
function digest(crypto: Pick<Crypto, 'sha256'>, edited: readonly unknown[]): string {
  return `"${crypto.sha256(JSON.stringify(edited)).slice(0, 22)}"`;
}

/** The entity tag of a role. */
export function roleEtag(crypto: Pick<Crypto, 'sha256'>, role: Role): string {
  const { id, name, description, permissions } = role;
  return digest(crypto, [id, name, description, permissions]);
}

/** The entity tag of a member. */
export function memberEtag(crypto: Pick<Crypto, 'sha256'>, member: Member): string {
  const { id, membership, roleIds } = member;
  return digest(crypto, [id, membership.state, roleIds.toSorted()]);
}

/** Whether an `If-Match` names an entity tag; without one, or with `*`, any will do. */
export function isMatch(ifMatch: string | undefined, etag: string): boolean {
  return ifMatch === undefined || ['*', etag].includes(ifMatch.trim());
}
