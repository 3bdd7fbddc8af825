import type { SecondFactorRecords } from '../../contract/second-factors.ts';
import { atomically, unlessTaken, type Database } from '../database.ts';
import {
  addRecoveryCodes,
  lockPerson,
  removeIdleRecoveryCodes,
  replaceRecoveryCodes,
} from './recovery-codes.ts';

export function makeSecondFactorRecords(database: Database): SecondFactorRecords {
  const { db } = database;

  return {
    async find(personId) {
      const row = await db
        .selectFrom('person')
        .leftJoin('person_second_factor as app', 'app.person_id', 'person.id')
        .select(['app.sealed_secret', 'app.created_at'])
        .select(({ selectFrom }) => [
          selectFrom('person_passkey')
            .select((inner) => inner.fn.countAll<number>().as('count'))
            .whereRef('person_passkey.person_id', '=', 'person.id')
            .as('passkeys'),
          selectFrom('person_recovery_code')
            .select((inner) => inner.fn.countAll<number>().as('count'))
            .whereRef('person_recovery_code.person_id', '=', 'person.id')
            .as('recovery_codes'),
        ])
        .where('person.id', '=', personId)
        .executeTakeFirst();
      if (!row) return undefined;
      const { sealed_secret: sealedSecret, created_at: createdAt } = row;
      const app =
        sealedSecret === null || createdAt === null
          ? null
          : { personId, sealedSecret, createdAt: new Date(createdAt) };
      const passkeys = Number(row.passkeys);
      if (!app && passkeys === 0) return undefined;
      return { app, passkeys, recoveryCodesLeft: Number(row.recovery_codes) };
    },

    async add({ personId, sealedSecret, createdAt }, step, recoveryHashes) {
      let recoveryCodesKept = false;
      const added = await unlessTaken(database, async (inner) => {
        await lockPerson(inner, personId);
        await inner.db
          .insertInto('person_second_factor')
          .values({
            person_id: personId,
            sealed_secret: sealedSecret,
            last_step: step,
            created_at: createdAt.getTime(),
          })
          .execute();
        recoveryCodesKept = await addRecoveryCodes(inner, personId, recoveryHashes);
      });
      return added ? { recoveryCodesKept } : undefined;
    },

    async takeStep(personId, step) {
      const { numUpdatedRows } = await db
        .updateTable('person_second_factor')
        .set({ last_step: step })
        .where('person_id', '=', personId)
        .where('last_step', '<', step)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },

    async useRecoveryCode(personId, hashes) {
      const { numDeletedRows } = await db
        .deleteFrom('person_recovery_code')
        .where('person_id', '=', personId)
        .where('hash', 'in', hashes)
        .executeTakeFirst();
      return numDeletedRows === 1n;
    },

    async replaceRecoveryCodes(personId, hashes) {
      await atomically(database, async (inner) => {
        await lockPerson(inner, personId);
        await replaceRecoveryCodes(inner, personId, hashes);
      });
    },

    async remove(personId) {
      await atomically(database, async (inner) => {
        await lockPerson(inner, personId);
        await inner.db
          .deleteFrom('person_second_factor')
          .where('person_id', '=', personId)
          .execute();
        await removeIdleRecoveryCodes(inner, personId);
      });
    },
  };
}
