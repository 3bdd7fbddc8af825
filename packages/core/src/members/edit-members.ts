import type { Person } from '../accounts/create-account.ts';
import { recordEvent } from '../audit/record-event.ts';
import { change, changeAccount, type Call } from '../call.ts';
import { notify } from '../notifications/notify.ts';
import { grantsOf, lacking, nameOf, type Actor } from '../permissions/actor.ts';
import type { Ports, Repositories } from '../ports.ts';
import { ok, refuse, type Result } from '../result.ts';
import { chooseRoles } from '../roles/choose-roles.ts';
import { toBase62 } from '../tokens/alphabets.ts';
import { Secret } from '../tokens/secret.ts';
import { invitationLifetime, type Member } from './member.ts';

const stale = refuse(
  'STALE',
  'Somebody changed this member meanwhile. Look at them again, then edit.',
);
const noSuchMember = refuse('NOT_FOUND', 'There is no such member.');
const lastOwner = refuse(
  'LAST_OWNER',
  'An account needs an owner. Make somebody else owner first.',
);
const alreadyMember = refuse('ALREADY_MEMBER', 'This person is a member of the account already.');
const invitationGone = refuse(
  'INVITATION_GONE',
  'This invitation is no longer available. Ask for a new one.',
);

/** Tells of a member who holds the role Owner by now and did not before. */
async function tellOfOwner(
  ports: Ports,
  repositories: Repositories,
  member: Member,
  formerRoleIds: readonly string[],
  actor: Actor,
): Promise<void> {
  const added = member.roleIds.filter((id) => !formerRoleIds.includes(id));
  const roles = await repositories.roles.findMany(member.accountId, added);
  if (member.membership.state !== 'active' || !grantsOf(roles).owner) return;
  await notify(ports, repositories, member.accountId, [
    { type: 'member.owner_added', data: { member: member.email, actor: nameOf(actor) } },
  ]);
}

/** Lists the account's members, the invited among them. */
export async function listMembers(ports: Ports, call: Call): Promise<Result<Member[]>> {
  return lacking(call.actor, 'members.edit') ?? ok(await ports.store.members.list(call.account.id));
}

/** Finds one of the members, active or invited. */
export async function getMember(ports: Ports, call: Call, id: string): Promise<Result<Member>> {
  const refusal = lacking(call.actor, 'members.edit');
  if (refusal) return refusal;
  const member = await ports.store.members.find(call.account.id, id);
  return member ? ok(member) : noSuchMember;
}

/** What the inviter gets of an invitation, once. */
export interface IssuedInvitation {
  /** `{PUBLIC_URL}/invitations/{invitation token}`. */
  url: Secret;
  expiresAt: Date;
}

/**
 * Invites a person by a single-use link. To invite again whoever is invited already replaces the link.
 *
 * @param email in lower case.
 */
export async function inviteMember(
  ports: Ports,
  call: Call,
  email: string,
  roleIds: readonly string[],
): Promise<Result<{ member: Member; invitation: IssuedInvitation }>> {
  return change(ports, call, 'members.edit', async (repositories, current) => {
    const { account, actor } = current;
    const roles = await chooseRoles(repositories, account.id, actor, roleIds);
    if (!roles.ok) return roles;
    const now = ports.clock.now();
    const members = await repositories.members.list(account.id);
    const before = members.find((member) => member.email === email);
    if (before?.membership.state === 'active') return alreadyMember;
    const invitation = new Secret(toBase62(ports.crypto.randomBytes(32), 43));
    const expiresAt = new Date(now.getTime() + invitationLifetime);
    const member: Member = {
      id: before?.id ?? ports.newId(),
      accountId: account.id,
      email,
      name: '',
      roleIds: roles.value.map((role) => role.id),
      createdAt: before?.createdAt ?? now,
      membership: {
        state: 'invited',
        invitationHash: ports.keyring.hash('invitation', invitation),
        expiresAt,
      },
    };
    if (!(await repositories.members.save(member))) return alreadyMember;
    await recordEvent(ports, repositories, current, {
      action: 'member.invited',
      subject: email,
      details: { roles: roles.value.map((role) => role.name) },
    });
    const url = new Secret(`${ports.settings.publicUrl}/invitations/${invitation.reveal()}`);
    return ok({ member, invitation: { url, expiresAt } });
  });
}

/** What an invited person sees before they join. */
export interface InvitationPreview {
  email: string;
  /** The account's name. */
  account: string;
  expiresAt: Date;
}

async function findInvitation(ports: Ports, repositories: Repositories, invitation: Secret) {
  const hashes = ports.keyring.hashes('invitation', invitation);
  const found = await repositories.members.findByInvitation(hashes);
  if (found?.member.membership.state !== 'invited') return undefined;
  const { expiresAt } = found.member.membership;
  return ports.clock.now() < expiresAt ? { ...found, expiresAt } : undefined;
}

/** Says to which account an invitation leads, and for whom; consumes nothing. */
export async function previewInvitation(
  ports: Ports,
  invitation: Secret,
): Promise<Result<InvitationPreview>> {
  const found = await findInvitation(ports, ports.store, invitation);
  return found
    ? ok({ email: found.member.email, account: found.account.name, expiresAt: found.expiresAt })
    : invitationGone;
}

/**
 * Makes the invited person a member. The invitation is gone with it.
 *
 * @param person whoever signed in with the invited address.
 */
export async function acceptInvitation(
  ports: Ports,
  invitation: Secret,
  person: Person,
  from: string | null,
): Promise<Result<{ member: Member; account: { slug: string } }>> {
  const invited = await findInvitation(ports, ports.store, invitation);
  if (!invited) return invitationGone;
  return changeAccount(ports, invited.account.id, async (repositories) => {
    const found = await findInvitation(ports, repositories, invitation);
    if (!found || found.member.email !== person.email) return invitationGone;
    const { account, member } = found;
    const joined: Member = {
      ...member,
      name: person.name,
      membership: { state: 'active', personId: person.id, joinedAt: ports.clock.now() },
    };
    if (!(await repositories.members.save(joined))) return alreadyMember;
    const grants = { permissions: new Set<string>(), owner: false };
    const actor: Actor = { kind: 'member', id: member.id, name: member.email, grants };
    await recordEvent(
      ports,
      repositories,
      { account, actor, from },
      { action: 'member.joined', subject: member.email },
    );
    await tellOfOwner(ports, repositories, joined, [], actor);
    return ok({ member: joined, account });
  });
}

/** Whether taking the role Owner from a member would leave the account without one. */
async function isLastOwner(repositories: Repositories, member: Member): Promise<boolean> {
  if (member.membership.state !== 'active') return false;
  const owners = await repositories.members.countOwners(member.accountId);
  const roles = await repositories.roles.findMany(member.accountId, member.roleIds);
  return owners <= 1 && roles.some((role) => role.predefined === 'owner');
}

/**
 * Changes a member's roles, invited or active.
 *
 * @param isSeen whether the member, as they are now, is what the admin saw; if not, the edit is refused as `STALE`.
 */
export async function editMember(
  ports: Ports,
  call: Call,
  id: string,
  roleIds: readonly string[],
  isSeen: (member: Member) => boolean = () => true,
): Promise<Result<Member>> {
  return change(ports, call, 'members.edit', async (repositories, current) => {
    const { account, actor } = current;
    const member = await repositories.members.find(account.id, id);
    if (!member) return noSuchMember;
    if (!isSeen(member)) return stale;
    const roles = await chooseRoles(repositories, account.id, actor, roleIds, member.roleIds);
    if (!roles.ok) return roles;
    const staysOwner = roles.value.some((role) => role.predefined === 'owner');
    if (!staysOwner && (await isLastOwner(repositories, member))) return lastOwner;
    const edited: Member = { ...member, roleIds: roles.value.map((role) => role.id) };
    await repositories.members.save(edited);
    await recordEvent(ports, repositories, current, {
      action: 'member.edited',
      subject: member.email,
      details: { roles: roles.value.map((role) => role.name) },
    });
    await tellOfOwner(ports, repositories, edited, member.roleIds, actor);
    return ok(edited);
  });
}

/** Removes a member, or takes an invitation back. */
export async function removeMember(ports: Ports, call: Call, id: string): Promise<Result<null>> {
  return change(ports, call, 'members.edit', async (repositories, current) => {
    const member = await repositories.members.find(current.account.id, id);
    if (!member) return noSuchMember;
    if (await isLastOwner(repositories, member)) return lastOwner;
    await repositories.members.remove(current.account.id, id);
    await recordEvent(ports, repositories, current, {
      action: 'member.removed',
      subject: member.email,
    });
    return ok(null);
  });
}
