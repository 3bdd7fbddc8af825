import type { SecondFactorRecords } from '../../contract/second-factors.ts';
import { atomically, unlessTaken, type Database } from '../database.ts';

export function makeSecondFactorRecords(database: Database): SecondFactorRecords {
  const { db } = database;

  const addRecoveryCodes = async (
    inner: Database,
    personId: string,
    hashes: readonly string[],
  ): Promise<void> => {
    const rows = hashes.map((hash) => ({ person_id: personId, hash }));
    await inner.db.insertInto('person_recovery_code').values(rows).execute();
  };

  return {
    async find(personId) {
      const row = await db
        .selectFrom('person_second_factor')
        .select(['sealed_secret', 'created_at'])
        .select((eb) =>
          eb
            .selectFrom('person_recovery_code')
            .select((inner) => inner.fn.countAll<number>().as('left'))
            .whereRef('person_recovery_code.person_id', '=', 'person_second_factor.person_id')
            .as('recovery_codes_left'),
        )
        .where('person_id', '=', personId)
        .executeTakeFirst();
      return (
        row && {
          personId,
          sealedSecret: row.sealed_secret,
          createdAt: new Date(row.created_at),
          recoveryCodesLeft: Number(row.recovery_codes_left),
        }
      );
    },

    add({ personId, sealedSecret, createdAt }, step, recoveryHashes) {
      return unlessTaken(database, async (inner) => {
        await inner.db
          .insertInto('person_second_factor')
          .values({
            person_id: personId,
            sealed_secret: sealedSecret,
            last_step: step,
            created_at: createdAt.getTime(),
          })
          .execute();
        await addRecoveryCodes(inner, personId, recoveryHashes);
      });
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
        await inner.db
          .deleteFrom('person_recovery_code')
          .where('person_id', '=', personId)
          .execute();
        await addRecoveryCodes(inner, personId, hashes);
      });
    },

    async remove(personId) {
      await db.deleteFrom('person_second_factor').where('person_id', '=', personId).execute();
    },
  };
}
