import { grantsOf, type Actor } from '../permissions/actor.ts';
import { predefinedRoles, type Role } from '../roles/role.ts';
import { birth } from './keys.ts';

/** A role of the tests, its id the same as its name. */
export function aRole(name: string, permissions: readonly string[]): Role {
  return {
    id: name,
    accountId: 'account',
    name,
    description: '',
    permissions,
    predefined: null,
    createdAt: birth,
  };
}

const predefined = (role: (typeof predefinedRoles)[number]): Role => ({
  ...role,
  id: role.predefined,
  accountId: 'account',
  createdAt: birth,
});

export const owner = predefined(predefinedRoles[0]);
export const viewer = predefined(predefinedRoles[1]);

/** A member who has some roles. */
export function member(...roles: readonly Role[]): Actor {
  return { kind: 'member', id: 'member', name: 'ana@acme.example', grants: grantsOf(roles) };
}
