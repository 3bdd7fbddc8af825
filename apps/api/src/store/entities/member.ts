import { defineEntity, p } from '@mikro-orm/core';
import { instant } from './columns.ts';

/** A person who manages an account (with `personId` and `joinedAt`), or is invited to (with `invitationHash` and `invitationExpiresAt`). */
export const MemberEntity = defineEntity({
  name: 'member',
  tableName: 'member',
  properties: {
    accountId: p.string().primary(),
    id: p.string().primary(),
    email: p.string(),
    name: p.string(),
    createdAt: instant(),
    personId: p.string().nullable(),
    joinedAt: instant().nullable(),
    invitationHash: p.string().nullable(),
    invitationExpiresAt: instant().nullable(),
  },
});

export const MemberRoleEntity = defineEntity({
  name: 'member_role',
  tableName: 'member_role',
  properties: {
    accountId: p.string().primary(),
    memberId: p.string().primary(),
    roleId: p.string().primary(),
  },
});
