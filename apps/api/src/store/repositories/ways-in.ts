import { passwordIssuer } from '../../contract/identities.ts';
import type { Database } from '../database.ts';

/** What lets a person in by itself. */
export interface WaysIn {
  password: boolean;
  identity: boolean;
  /** Their ids. */
  passkeys: readonly string[];
}

/** Reads what lets a person in; it stays true for as long as the person is locked. */
export async function readWaysIn({ db }: Database, personId: string): Promise<WaysIn> {
  const credentials = await db
    .selectFrom('person_credential')
    .select(['provider_id', 'password'])
    .where('person_id', '=', personId)
    .execute();
  const passkeys = await db
    .selectFrom('person_passkey')
    .select('id')
    .where('person_id', '=', personId)
    .execute();
  return {
    password: credentials.some(
      ({ password, provider_id }) => provider_id === passwordIssuer && password !== null,
    ),
    identity: credentials.some(({ provider_id }) => provider_id !== passwordIssuer),
    passkeys: passkeys.map(({ id }) => id),
  };
}
