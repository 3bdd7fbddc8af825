import type { Member, Role } from '@latchkey/core';
import { z } from 'zod';
import { roleReference, viewRoles } from './keys.ts';
import { id, utcTime } from './values.ts';

export const member = z
  .object({
    id,
    email: z.string().meta({ example: 'ana@acme.example' }),
    name: z.string().meta({ description: 'Empty until an invited person joins.' }),
    status: z.enum(['invited', 'active']),
    roles: z.array(roleReference),
    createdAt: utcTime,
  })
  .meta({ id: 'Member' });

/** A member over tRPC, which has no headers: their entity tag comes with them. */
export const taggedMember = member.extend({ etag: z.string() }).meta({ id: 'TaggedMember' });

export const issuedInvitation = z
  .object({
    member,
    invitation: z
      .object({ url: z.string(), expiresAt: utcTime })
      .nullable()
      .meta({ description: 'The single-use link, shown this once; null when it was mailed.' }),
  })
  .meta({ id: 'IssuedInvitation' });

export const taggedIssuedInvitation = issuedInvitation
  .extend({ member: taggedMember })
  .meta({ id: 'TaggedIssuedInvitation' });

/** Shows a member. @param roles those of the account. */
export function viewMember(shown: Member, roles: readonly Role[]): z.input<typeof member> {
  const { id: memberId, email, name, membership, roleIds, createdAt } = shown;
  return {
    id: memberId,
    email,
    name,
    status: membership.state,
    roles: viewRoles(roles, roleIds),
    createdAt: createdAt.toISOString(),
  };
}
