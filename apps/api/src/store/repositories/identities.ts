import { passwordIssuer, type IdentityRecords } from '../../contract/identities.ts';
import { atomically, type Database } from '../database.ts';
import { lockPerson } from './recovery-codes.ts';
import { readWaysIn } from './ways-in.ts';

export function makeIdentityRecords(database: Database): IdentityRecords {
  return {
    async forget(personId) {
      return atomically(database, async (inner) => {
        await lockPerson(inner, personId);
        const { identity, passkeys, password } = await readWaysIn(inner, personId);
        if (!identity) return 'none';
        if (!password && passkeys.length === 0) return 'only-way-in';
        await inner.db
          .deleteFrom('person_credential')
          .where('person_id', '=', personId)
          .where('provider_id', '!=', passwordIssuer)
          .execute();
        return 'removed';
      });
    },
  };
}
