import type { Crypto, Member, Role } from '@latchkey/core';

/** The entity tag of what counts its versions. */
export function versionEtag({ version }: { version: number }): string {
  return `"${String(version)}"`;
}

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

/** The tags of an `If-Match`, weak ones among them: they match nothing, since the comparison is strong (RFC 9110, section 13.1.1). */
const listedTags = /(?:W\/)?"[^"]*"/g;

/** Whether an `If-Match` names an entity tag, alone or among others; without one, or with `*`, any will do. */
export function isMatch(ifMatch: string | undefined, etag: string): boolean {
  if (ifMatch === undefined || ifMatch.trim() === '*') return true;
  return ifMatch.match(listedTags)?.includes(etag) ?? false;
}
