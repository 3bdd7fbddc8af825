import { describe, expect, it } from 'vitest';
import { managementPermissions } from '../permissions/permission.ts';
import { isBroadRole, predefinedRoles } from './role.ts';

describe('a broad role', () => {
  it('is one that changes anything of the account, whatever else it allows', () => {
    const looking = ['keys.view', 'audit.view'];
    for (const permission of managementPermissions) {
      expect(isBroadRole({ permissions: ['orders.read', permission] })).toBe(
        !looking.includes(permission),
      );
    }
    expect(isBroadRole({ permissions: [] })).toBe(false);
  });

  it('is Owner, and Viewer is none', () => {
    expect(predefinedRoles.map(isBroadRole)).toEqual([true, false]);
  });
});
