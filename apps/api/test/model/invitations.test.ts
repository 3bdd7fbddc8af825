import * as core from '@latchkey/core';
import { v7 } from 'uuid';
import { expect, it } from 'vitest';
import { nodeCrypto } from '../../src/crypto/node-crypto.ts';
import { onEachEngine } from '../contracts/on-each-engine.ts';

const start = new Date('2026-03-31T10:00:00.000Z');
const week = 7 * 24 * 3_600_000;

const makePerson = (): core.Person => {
  const id = v7();
  return { id, email: `${id}@example.com`, name: 'Somebody' };
};

onEachEngine('an account’s members', (contract) => {
  function makePorts(now = start): core.Ports {
    return {
      store: contract().store,
      clock: { now: () => now },
      crypto: nodeCrypto,
      keyring: core.makeKeyring(nodeCrypto, [new Uint8Array(32)]),
      usage: { count: () => undefined },
      newId: v7,
      settings: {
        publicUrl: 'https://keys.example',
        tokenPrefix: 'lk',
        importedTokens: false,
        mails: true,
      },
    };
  }

  const unwrap = <T>(result: core.Result<T>): T => {
    if (!result.ok) throw new Error(result.refusal.detail);
    return result.value;
  };
  const codeOf = (result: core.Result<unknown>) => (result.ok ? 'OK' : result.refusal.code);

  /** An account of its own with its owner. The first one of the database makes the administrator of all. */
  const administrator = makePerson();
  async function begin() {
    const ports = makePorts();
    const input = { slug: `acme-${v7().slice(-12)}`, name: 'Acme' };
    const created = await core.setUpInstance(ports, administrator, input, null);
    if (!created.ok)
      unwrap(await core.createAccount(ports, { kind: 'person', ...administrator }, input, null));
    const owner = await enter(administrator, input.slug);
    const roles = unwrap(await core.listRoles(ports, owner));
    const roleId = (name: string) => roles.find((role) => role.name === name)?.id ?? '';
    return { ports, slug: input.slug, owner, ownerRole: roleId('Owner'), viewer: roleId('Viewer') };
  }

  async function enter(person: core.Person, slug: string): Promise<core.Call> {
    const principal = { kind: 'person', ...person } as const;
    return { ...unwrap(await core.enterAccount(makePorts(), principal, slug)), from: null };
  }

  const invite = (call: core.Call, email: string, roleIds: string[]) =>
    core.inviteMember(makePorts(), call, email, roleIds);
  const secretOf = ({ invitation }: { invitation: core.IssuedInvitation }) =>
    new core.Secret(invitation.url.reveal().split('/').at(-1) ?? '');

  async function join(call: core.Call, person: core.Person, roleIds: string[]) {
    const invited = unwrap(await invite(call, person.email, roleIds));
    return unwrap(await core.acceptInvitation(makePorts(), secretOf(invited), person, null)).member;
  }

  it('join by an invitation, once, of however many that accept it at the same time', async () => {
    const { ports, slug, owner, viewer } = await begin();
    const bob = makePerson();
    const secret = secretOf(unwrap(await invite(owner, bob.email, [viewer])));
    expect(unwrap(await core.previewInvitation(ports, secret))).toMatchObject({ account: 'Acme' });
    const accepted = await Promise.all(
      Array.from({ length: 20 }, () => core.acceptInvitation(ports, secret, bob, null)),
    );
    expect(accepted.filter((result) => result.ok)).toHaveLength(1);
    expect(codeOf(await core.previewInvitation(ports, secret))).toBe('INVITATION_GONE');
    const { actor } = await enter(bob, slug);
    expect(core.may(actor, 'keys.view')).toBe(true);
    expect(core.may(actor, 'keys.edit')).toBe(false);
  });

  it('cannot join by an invitation to another address, nor after seven days', async () => {
    const { ports, owner, viewer } = await begin();
    const bob = makePerson();
    const secret = secretOf(unwrap(await invite(owner, bob.email, [viewer])));
    const late = makePorts(new Date(start.getTime() + week));
    for (const result of [
      await core.acceptInvitation(ports, secret, makePerson(), null),
      await core.acceptInvitation(ports, new core.Secret('another'), bob, null),
      await core.acceptInvitation(late, secret, bob, null),
      await core.previewInvitation(late, secret),
    ]) {
      expect(codeOf(result)).toBe('INVITATION_GONE');
    }
    const inTime = makePorts(new Date(start.getTime() + week - 1));
    expect(codeOf(await core.acceptInvitation(inTime, secret, bob, null))).toBe('OK');
  });

  it('are invited again by a new link, with which the old one is gone', async () => {
    const { ports, owner, viewer } = await begin();
    const bob = makePerson();
    const first = secretOf(unwrap(await invite(owner, bob.email, [])));
    const second = secretOf(unwrap(await invite(owner, bob.email, [viewer])));
    expect(codeOf(await core.acceptInvitation(ports, first, bob, null))).toBe('INVITATION_GONE');
    const { member } = unwrap(await core.acceptInvitation(ports, second, bob, null));
    expect(member.roleIds).toEqual([viewer]);
    expect(codeOf(await invite(owner, bob.email, []))).toBe('ALREADY_MEMBER');
  });

  it('stay members when they are invited again at the moment they join', async () => {
    const { ports, slug, owner, viewer } = await begin();
    for (let round = 0; round < 10; round += 1) {
      const bob = makePerson();
      const secret = secretOf(unwrap(await invite(owner, bob.email, [viewer])));
      const [joined, again] = await Promise.all([
        core.acceptInvitation(ports, secret, bob, null),
        invite(owner, bob.email, [viewer]),
      ]);
      expect([codeOf(joined), codeOf(again)]).toBeOneOf([
        ['OK', 'ALREADY_MEMBER'],
        ['INVITATION_GONE', 'OK'],
      ]);
      const entered = await core.enterAccount(ports, { kind: 'person', ...bob }, slug);
      expect(entered.ok).toBe(joined.ok);
    }
  });

  it('join once, whatever addresses they are invited by', async () => {
    const { ports, owner, viewer } = await begin();
    const bob = makePerson();
    await join(owner, bob, [viewer]);
    const renamed = { ...bob, email: `new-${bob.email}` };
    const secret = secretOf(unwrap(await invite(owner, renamed.email, [viewer])));
    const again = await core.acceptInvitation(ports, secret, renamed, null);
    expect(codeOf(again)).toBe('ALREADY_MEMBER');
  });

  it('invite and promote to nothing that they do not hold themselves', async () => {
    const { ports, slug, owner, ownerRole, viewer } = await begin();
    const input = { name: 'Recruiter', description: '', permissions: ['members.edit'] };
    const recruiter = unwrap(await core.createRole(ports, owner, input)).id;
    const everything = { ...input, name: 'All', permissions: core.managementPermissions };
    const all = unwrap(await core.createRole(ports, owner, everything)).id;
    const eve = makePerson();
    const { id: eveId } = await join(owner, eve, [recruiter]);
    const asEve = await enter(eve, slug);
    const email = makePerson().email;
    for (const role of [viewer, all, ownerRole]) {
      expect(codeOf(await invite(asEve, email, [role]))).toBe('FORBIDDEN');
      const promoted = await core.editMember(ports, asEve, eveId, [recruiter, role]);
      expect(codeOf(promoted)).toBe('FORBIDDEN');
    }
    expect(codeOf(await invite(asEve, email, [recruiter]))).toBe('OK');

    unwrap(await core.editMember(ports, owner, eveId, [all]));
    const withAll = await enter(eve, slug);
    expect(codeOf(await core.editMember(ports, withAll, eveId, [all, viewer]))).toBe('OK');
    expect(codeOf(await core.editMember(ports, withAll, eveId, [ownerRole]))).toBe('FORBIDDEN');
    expect(codeOf(await invite(withAll, makePerson().email, [ownerRole]))).toBe('FORBIDDEN');
  });

  it('never all leave: of owners that remove or demote each other at once, one stays', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { ports, slug, owner, ownerRole, viewer } = await begin();
      const bob = makePerson();
      const bobsId = (await join(owner, bob, [ownerRole])).id;
      const asBob = await enter(bob, slug);
      const ownersId = owner.actor.kind === 'member' ? owner.actor.id : '';
      const left = await Promise.all([
        core.removeMember(ports, asBob, ownersId),
        round % 2 === 0
          ? core.removeMember(ports, owner, bobsId)
          : core.editMember(ports, owner, bobsId, [viewer]),
      ]);
      const codes = left.map(codeOf);
      expect(codes).toContain('OK');
      // The other's turn comes when they are gone, or no owner any more.
      expect(codes.every((code) => ['OK', 'NOT_FOUND', 'FORBIDDEN'].includes(code))).toBe(true);
      expect(codes.filter((code) => code === 'OK')).toHaveLength(1);
      const [last, lastId] = codes[0] === 'OK' ? [asBob, bobsId] : [owner, ownersId];
      expect(codeOf(await core.removeMember(ports, last, lastId))).toBe('LAST_OWNER');
      expect(await contract().store.members.countOwners(owner.account.id)).toBe(1);
    }
  });
});
