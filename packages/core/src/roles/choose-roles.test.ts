import { describe, expect, it } from 'vitest';
import type { RoleRepository } from '../ports.ts';
import { aRole, member, owner, viewer } from '../testing/actors.ts';
import { chooseRoles } from './choose-roles.ts';

const picker = aRole('picker', ['orders.read']);
const packer = aRole('packer', ['orders.read', 'orders.write']);
const all = [owner, viewer, picker, packer];

const roles: Pick<RoleRepository, 'findMany'> = {
  findMany: async (_accountId, ids) => all.filter((role) => ids.includes(role.id)),
};

const choose = (
  ...[actor, ids, before]: [Parameters<typeof chooseRoles>[2], string[], string[]?]
) => chooseRoles({ roles }, 'account', actor, ids, before);

const ana = member(aRole('clerk', ['keys.edit', 'orders.read']));

describe('choosing roles', () => {
  it('grants what the actor holds, each role once', async () => {
    expect(await choose(ana, ['picker', 'picker'])).toEqual({ ok: true, value: [picker] });
    expect(await choose(ana, [])).toEqual({ ok: true, value: [] });
  });

  it('refuses a role that allows more than the actor holds', async () => {
    for (const ids of [['packer'], ['picker', 'packer'], ['owner'], ['viewer']]) {
      expect(await choose(ana, ids)).toMatchObject({ refusal: { code: 'FORBIDDEN' } });
    }
  });

  it('leaves and takes away a role that allows more than the actor holds', async () => {
    const before = ['packer', 'owner'];
    expect(await choose(ana, ['packer', 'owner', 'picker'], before)).toMatchObject({ ok: true });
    expect(await choose(ana, ['picker'], before)).toEqual({ ok: true, value: [picker] });
    expect(await choose(ana, [], before)).toEqual({ ok: true, value: [] });
  });

  it('adds no other such role because one was there before', async () => {
    const before = ['packer'];
    expect(await choose(ana, ['packer', 'viewer'], before)).toMatchObject({
      refusal: { code: 'FORBIDDEN' },
    });
  });

  it('refuses an id that is no role of the account, and says which', async () => {
    expect(await choose(member(owner), ['picker', 'of-another-account'])).toMatchObject({
      refusal: { code: 'VALIDATION_FAILED', fields: [{ path: 'roleIds.1' }] },
    });
  });
});
