import { describe, expect, it } from 'vitest';
import { aRole, member, owner, viewer } from '../testing/actors.ts';
import { escalating, grantsOf, handingOut, lacking, may, takingOver } from './actor.ts';
import { managementPermissions } from './permission.ts';

const code = (answer: { refusal: { code: string } } | undefined) => answer?.refusal.code;

describe('an actor', () => {
  it('may what any of their roles allows', () => {
    const actor = member(aRole('a', ['keys.view']), aRole('b', ['keys.edit']));
    expect(may(actor, 'keys.view')).toBe(true);
    expect(may(actor, 'keys.edit')).toBe(true);
    expect(may(actor, 'keys.renew')).toBe(false);
  });

  it('who reads a link, or is Latchkey itself, may nothing by role', () => {
    for (const permission of managementPermissions) {
      expect(may({ kind: 'reader' }, permission)).toBe(false);
      expect(may({ kind: 'system' }, permission)).toBe(false);
    }
  });

  it('is refused for want of the permission, or of any of several', () => {
    const actor = member(aRole('a', ['keys.edit']));
    expect(lacking(actor, 'keys.edit')).toBeUndefined();
    expect(lacking(actor, 'keys.renew', 'keys.edit')).toBeUndefined();
    expect(code(lacking(actor, 'keys.renew'))).toBe('FORBIDDEN');
    expect(code(lacking(actor, 'keys.renew', 'audit.view'))).toBe('FORBIDDEN');
  });
});

describe('granting', () => {
  it('is for those who hold what they grant', () => {
    const actor = member(aRole('a', ['roles.edit', 'orders.read']));
    expect(escalating(actor, ['orders.read', 'roles.edit'])).toBeUndefined();
    expect(escalating(actor, [])).toBeUndefined();
    const refused = escalating(actor, ['orders.read', 'orders.write']);
    expect(code(refused)).toBe('FORBIDDEN');
    expect(refused?.refusal.detail).toMatch(/hold: orders.write\.$/);
  });

  it('is for owners whatever it is, also a permission that is new to the account', () => {
    expect(escalating(member(owner), ['orders.read'])).toBeUndefined();
  });

  it('of all management permissions by somebody who holds them does not make an owner', () => {
    const nearlyOwner = member(aRole('all', managementPermissions));
    expect(handingOut(nearlyOwner, [aRole('same', managementPermissions)])).toBeUndefined();
    expect(code(handingOut(nearlyOwner, [owner]))).toBe('FORBIDDEN');
    expect(handingOut(member(owner), [owner])).toBeUndefined();
    expect(grantsOf([aRole('all', managementPermissions)]).owner).toBe(false);
  });
});

describe('receiving a renewed token', () => {
  const renewer = member(aRole('renewer', ['keys.renew']));

  it('is for those who may renew, of any key that manages nothing', () => {
    expect(takingOver(renewer, [])).toBeUndefined();
    expect(takingOver(renewer, [aRole('picker', ['orders.read', 'stock.write'])])).toBeUndefined();
  });

  it('is for those who may renew, of a key that may see the keys or renew them too', () => {
    expect(takingOver(renewer, [viewer, aRole('same', ['keys.renew'])])).toBeUndefined();
  });

  it.each(managementPermissions.filter((name) => name !== 'keys.view' && name !== 'keys.renew'))(
    'is not for those who lack the %s that the key has',
    (permission) => {
      expect(code(takingOver(renewer, [aRole('more', [permission])]))).toBe('FORBIDDEN');
    },
  );

  it('of an owner’s key is for owners', () => {
    expect(code(takingOver(member(aRole('all', managementPermissions)), [owner]))).toBe(
      'FORBIDDEN',
    );
    expect(takingOver(member(owner), [owner])).toBeUndefined();
  });
});
