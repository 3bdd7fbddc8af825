import { describe, expect, it } from 'vitest';
import { isPermissionName } from './permission-name.ts';
import { en } from '../../lib/words/en.ts';
import { pt } from '../../lib/words/pt.ts';
import { describeRole, grantableRoles } from './queries.ts';

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
    const offered = grantableRoles(roles, { owner: false, permissions: ['orders.read'] }, en);
    expect(offered.map(({ grantable }) => grantable)).toEqual([true, false]);
  });

  it('offers an owner every role', () => {
    const offered = grantableRoles(roles, { owner: true, permissions: [] }, en);
    expect(offered.every(({ grantable }) => grantable)).toBe(true);
  });
});

describe('what a role is for', () => {
  const owner = { ...role('Owner', []), description: 'Everything in this account.' };

  it('is said in the language of the person where the role is predefined', () => {
    expect(describeRole({ ...owner, predefined: true }, pt)).toBe('Tudo nesta conta.');
    expect(describeRole({ ...owner, predefined: true }, en)).toBe(owner.description);
  });

  it('is said as it was written where somebody made the role', () => {
    expect(describeRole(owner, pt)).toBe(owner.description);
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
