import type { InstanceRepository } from '@latchkey/core';
import type { Database } from '../database.ts';

export function makeInstanceRepository({ db }: Database): InstanceRepository {
  return {
    async read() {
      const row = await db
        .selectFrom('instance')
        .select(['id', 'administrator_person_id'])
        .executeTakeFirstOrThrow();
      return { id: row.id, administratorId: row.administrator_person_id };
    },

    async claim(personId) {
      const { numUpdatedRows } = await db
        .updateTable('instance')
        .set({ administrator_person_id: personId })
        .where('administrator_person_id', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },

    async recognise(checks) {
      const { numUpdatedRows } = await db
        .updateTable('instance')
        .set({ secret_check: checks[0] })
        .where(({ eb, or }) =>
          or([eb('secret_check', 'is', null), eb('secret_check', 'in', checks)]),
        )
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
  };
}
