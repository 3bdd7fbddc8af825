import type { Selectable } from 'kysely';
import type { PasskeyRecord, PasskeyRecords, UsedChallenge } from '../../contract/passkeys.ts';
import { atomically, unlessTaken, type Database, type Tables } from '../database.ts';
import { toDate, toInstant } from '../instants.ts';
import { addRecoveryCodes, lockPerson, removeIdleRecoveryCodes } from './recovery-codes.ts';
import { readWaysIn } from './ways-in.ts';

function toPasskey(row: Selectable<Tables['person_passkey']>): PasskeyRecord {
  return {
    id: row.id,
    personId: row.person_id,
    credentialId: row.credential_id,
    publicKey: row.public_key,
    counter: row.counter,
    transports: row.transports === '' ? [] : row.transports.split(','),
    name: row.name,
    createdAt: new Date(row.created_at),
    lastUsedAt: toDate(row.last_used_at),
  };
}

/** Takes a challenge for good: it is the only one of its hash. */
async function takeChallenge({ db }: Database, { hash, expiresAt }: UsedChallenge): Promise<void> {
  await db
    .insertInto('person_used_challenge')
    .values({ hash, expires_at: expiresAt.getTime() })
    .execute();
}

export function makePasskeyRecords(database: Database): PasskeyRecords {
  const { db } = database;

  return {
    async list(personId) {
      const rows = await db
        .selectFrom('person_passkey')
        .selectAll()
        .where('person_id', '=', personId)
        .orderBy('created_at')
        .orderBy('id')
        .execute();
      return rows.map(toPasskey);
    },

    async find(credentialId) {
      const row = await db
        .selectFrom('person_passkey')
        .selectAll()
        .where('credential_id', '=', credentialId)
        .executeTakeFirst();
      return row && toPasskey(row);
    },

    async add(passkey, challenge, recoveryHashes) {
      let recoveryCodesKept = false;
      const added = await unlessTaken(database, async (inner) => {
        await lockPerson(inner, passkey.personId);
        await takeChallenge(inner, challenge);
        await inner.db
          .insertInto('person_passkey')
          .values({
            id: passkey.id,
            person_id: passkey.personId,
            credential_id: passkey.credentialId,
            public_key: passkey.publicKey,
            counter: passkey.counter,
            transports: passkey.transports.join(),
            name: passkey.name,
            created_at: passkey.createdAt.getTime(),
            last_used_at: toInstant(passkey.lastUsedAt),
          })
          .execute();
        recoveryCodesKept = await addRecoveryCodes(inner, passkey.personId, recoveryHashes);
      });
      return added ? { recoveryCodesKept } : undefined;
    },

    async use({ credentialId, counter }, challenge, now) {
      let wentOn = false;
      const isFree = await unlessTaken(database, async (inner) => {
        const { numUpdatedRows } = await inner.db
          .updateTable('person_passkey')
          .set({ counter, last_used_at: now.getTime() })
          .where('credential_id', '=', credentialId)
          .where((eb) =>
            // Those that do not count stay at 0 for ever.
            counter === 0 ? eb('counter', '=', 0) : eb('counter', '<', counter),
          )
          .executeTakeFirst();
        wentOn = numUpdatedRows === 1n;
        if (wentOn) await takeChallenge(inner, challenge);
      });
      return wentOn && isFree;
    },

    async rename(personId, id, name) {
      const { numUpdatedRows } = await db
        .updateTable('person_passkey')
        .set({ name })
        .where('person_id', '=', personId)
        .where('id', '=', id)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },

    async remove(personId, id, identitiesSignIn) {
      return atomically(database, async (inner) => {
        await lockPerson(inner, personId);
        const { identity, passkeys, password } = await readWaysIn(inner, personId);
        if (!passkeys.includes(id)) return 'none';
        const others = passkeys.length > 1 || password || (identity && identitiesSignIn);
        if (!others) return 'only-way-in';
        await inner.db.deleteFrom('person_passkey').where('id', '=', id).execute();
        await removeIdleRecoveryCodes(inner, personId);
        return 'removed';
      });
    },

    async eraseExpiredChallenges(now) {
      await db
        .deleteFrom('person_used_challenge')
        .where('expires_at', '<=', now.getTime())
        .execute();
    },
  };
}
