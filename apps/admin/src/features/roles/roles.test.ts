import { describe, expect, it } from 'vitest';
import { isPermissionName } from './permission-name.ts';
import { grantableRoles } from './queries.ts';

const role = (name: string, permissions: string[]) => ({
  id: name,
  name,
  description: '',
  permissions,
  predefined: false,
  broad: false,
  createdAt: '2026-11-24T09:30:00.000Z',
  etag: '"1"',
});

describe('granting', () => {
  const roles = [role('Reader', ['orders.read']), role('Keeper', ['keys.edit', 'orders.read'])];

  it('offers nobody a role that allows more than they hold', () => {
    const offered = grantableRoles(roles, { owner: false, permissions: ['orders.read'] });
    expect(offered.map(({ grantable }) => grantable)).toEqual([true, false]);
  });

  it('offers an owner every role', () => {
    const offered = grantableRoles(roles, { owner: true, permissions: [] });
    expect(offered.every(({ grantable }) => grantable)).toBe(true);
  });
});

it.each([
  ['orders.read', true],
  ['orders_2:write-all', true],
  ['Orders.read', false],
  ['orders..read', false],
  ['', false],
  ['a'.repeat(101), false],
])('takes %j for a permission: %j', (name, valid) => {
  expect(isPermissionName(name)).toBe(valid);
});
