import { mustLock, type Database } from '../database.ts';

/** Lets one change of what a person signs in with wait for the other. Call it first in the transaction. */
export async function lockPerson(database: Database, personId: string): Promise<void> {
  if (!mustLock(database)) return;
  await database.db
    .selectFrom('person')
    .select('id')
    .where('id', '=', personId)
    .forUpdate()
    .execute();
}

/** Replaces a person's recovery codes. */
export async function replaceRecoveryCodes(
  { db }: Database,
  personId: string,
  hashes: readonly string[],
): Promise<void> {
  await db.deleteFrom('person_recovery_code').where('person_id', '=', personId).execute();
  const rows = hashes.map((hash) => ({ person_id: personId, hash }));
  await db.insertInto('person_recovery_code').values(rows).execute();
}

/** Gives recovery codes to who has none. @returns whether it did. */
export async function addRecoveryCodes(
  database: Database,
  personId: string,
  hashes: readonly string[],
): Promise<boolean> {
  const left = await database.db
    .selectFrom('person_recovery_code')
    .select('hash')
    .where('person_id', '=', personId)
    .limit(1)
    .executeTakeFirst();
  if (left) return false;
  await replaceRecoveryCodes(database, personId, hashes);
  return true;
}

/** Takes the recovery codes from who has no factor any more that they could stand in for. */
export async function removeIdleRecoveryCodes({ db }: Database, personId: string): Promise<void> {
  await db
    .deleteFrom('person_recovery_code')
    .where('person_id', '=', personId)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('person_second_factor')
            .select('person_second_factor.person_id')
            .where('person_second_factor.person_id', '=', personId),
        ),
      ),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('person_passkey')
            .select('person_passkey.id')
            .where('person_passkey.person_id', '=', personId),
        ),
      ),
    )
    .execute();
}
