import type { Member, MemberRepository, Membership } from '@latchkey/core';
import type { Selectable } from 'kysely';
import { mustLock, unlessTaken, type Database, type Tables } from '../database.ts';
import { accountColumns, toAccount } from './accounts.ts';
import { roleIdsOf } from './key-rows.ts';

type MemberRow = Selectable<Tables['member']>;

function toMembership(row: MemberRow): Membership {
  if (row.person_id !== null && row.joined_at !== null) {
    return { state: 'active', personId: row.person_id, joinedAt: new Date(row.joined_at) };
  }
  if (row.invitation_hash !== null && row.invitation_expires_at !== null) {
    return {
      state: 'invited',
      invitationHash: row.invitation_hash,
      expiresAt: new Date(row.invitation_expires_at),
    };
  }
  throw new Error(`Member ${row.id} is neither active nor invited.`);
}

function membershipColumns(membership: Membership) {
  return membership.state === 'active'
    ? {
        person_id: membership.personId,
        joined_at: membership.joinedAt.getTime(),
        invitation_hash: null,
        invitation_expires_at: null,
      }
    : {
        person_id: null,
        joined_at: null,
        invitation_hash: membership.invitationHash,
        invitation_expires_at: membership.expiresAt.getTime(),
      };
}

export function makeMemberRepository(database: Database): MemberRepository {
  const { db } = database;

  /**
   * Inside a transaction, an account's members are locked together, by the account's row: whoever changes one looks at all of them
   * for the last owner, and two that locked one each would wait for each other.
   */
  async function lockMembers(accountId: string): Promise<void> {
    if (!mustLock(database)) return;
    await db
      .selectFrom('account')
      .select('id')
      .where('id', '=', accountId)
      .forNoKeyUpdate()
      .execute();
  }

  /** Of one row only its own roles are read; of many all of the account, since a statement takes only so many ids. */
  async function withRoles(rows: MemberRow[]): Promise<Member[]> {
    const [first] = rows;
    if (!first) return [];
    const roles = await db
      .selectFrom('member_role')
      .select(['member_id', 'role_id'])
      .where('account_id', '=', first.account_id)
      .$if(rows.length === 1, (query) => query.where('member_id', '=', first.id))
      .execute();
    const rolesByMember = Map.groupBy(roles, (role) => role.member_id);
    return rows.map((row) => ({
      id: row.id,
      accountId: row.account_id,
      email: row.email,
      name: row.name,
      roleIds: roleIdsOf(rolesByMember.get(row.id)),
      createdAt: new Date(row.created_at),
      membership: toMembership(row),
    }));
  }

  async function findWhere(
    accountId: string,
    column: 'id' | 'person_id',
    value: string,
  ): Promise<Member | undefined> {
    await lockMembers(accountId);
    const rows = await db
      .selectFrom('member')
      .selectAll()
      .where('account_id', '=', accountId)
      .where(column, '=', value)
      .execute();
    const [member] = await withRoles(rows);
    return member;
  }

  const selectInvited = (hashes: readonly string[]) =>
    db.selectFrom('member').where('invitation_hash', 'in', hashes);

  return {
    async list(accountId) {
      await lockMembers(accountId);
      const rows = await db
        .selectFrom('member')
        .selectAll()
        .where('account_id', '=', accountId)
        .orderBy('email')
        .execute();
      return withRoles(rows);
    },

    find: (accountId, id) => findWhere(accountId, 'id', id),

    findByPerson: (accountId, personId) => findWhere(accountId, 'person_id', personId),

    async findByInvitation(hashes) {
      const invited = await selectInvited(hashes).select('account_id').executeTakeFirst();
      if (!invited) return undefined;
      await lockMembers(invited.account_id);
      const rows = await selectInvited(hashes).selectAll().execute();
      const [member] = await withRoles(rows);
      if (!member) return undefined;
      const account = await db
        .selectFrom('account')
        .select(accountColumns)
        .where('id', '=', member.accountId)
        .executeTakeFirstOrThrow();
      return { member, account: toAccount(account) };
    },

    save(member) {
      const { id, accountId, email, name, membership, createdAt, roleIds } = member;
      const values = { email, name, ...membershipColumns(membership) };
      return unlessTaken(database, async (inner) => {
        const { numUpdatedRows } = await inner.db
          .updateTable('member')
          .set(values)
          .where('account_id', '=', accountId)
          .where('id', '=', id)
          .executeTakeFirst();
        if (numUpdatedRows === 0n) {
          await inner.db
            .insertInto('member')
            .values({ ...values, id, account_id: accountId, created_at: createdAt.getTime() })
            .execute();
        }
        await inner.db
          .deleteFrom('member_role')
          .where('account_id', '=', accountId)
          .where('member_id', '=', id)
          .execute();
        if (roleIds.length === 0) return;
        await inner.db
          .insertInto('member_role')
          .values(
            roleIds.map((roleId) => ({ account_id: accountId, member_id: id, role_id: roleId })),
          )
          .execute();
      });
    },

    async remove(accountId, id) {
      await db
        .deleteFrom('member')
        .where('account_id', '=', accountId)
        .where('id', '=', id)
        .execute();
    },

    async rename(personId, name) {
      await db.updateTable('member').set({ name }).where('person_id', '=', personId).execute();
    },

    async countOwners(accountId) {
      await lockMembers(accountId);
      const { owners } = await db
        .selectFrom('role')
        .innerJoin('member_role', (join) =>
          join
            .onRef('member_role.account_id', '=', 'role.account_id')
            .onRef('member_role.role_id', '=', 'role.id'),
        )
        .innerJoin('member', (join) =>
          join
            .onRef('member.account_id', '=', 'member_role.account_id')
            .onRef('member.id', '=', 'member_role.member_id'),
        )
        .select((eb) => eb.fn.countAll<number>().as('owners'))
        .where('role.account_id', '=', accountId)
        .where('role.predefined', '=', 'owner')
        .where('member.person_id', 'is not', null)
        .executeTakeFirstOrThrow();
      return owners;
    },
  };
}
