import { timingSafeEqual } from 'node:crypto';
import {
  refuse,
  setUpInstance,
  type Account,
  type Person,
  type Ports,
  type Result,
} from '@latchkey/core';
import type { People } from './people.ts';

/** Who claims the instance, and for which account. */
export interface Claim {
  email: string;
  password: string;
  name: string;
  account: string;
  accountName: string;
}

/** The way into an empty instance. */
export interface SetUp {
  isNeeded(): Promise<boolean>;
  /** Whether a set-up code is this instance's. The code is of no use once the instance is set up. */
  isCode(code: string): Promise<boolean>;
  /** `{PUBLIC_URL}/setup#{code}`: in the fragment, which no server and no log sees. */
  url(): Promise<string>;
  /** Registers the claimant, creates the account and makes them its owner and the instance's administrator. */
  claim(claim: Claim, from: string | null): Promise<Result<{ person: Person; account: Account }>>;
}

const alreadySetUp = refuse('ALREADY_SET_UP', 'This instance is set up already. Sign in.');

/**
 * Makes the way into an empty instance.
 *
 * @param key derived from the server's secret. The code is made of it and the instance's id, so that every node and every start prints the same.
 */
export function makeSetUp(ports: Ports, people: People, key: Uint8Array): SetUp {
  const code = async () => {
    const { id } = await ports.store.instance.read();
    return ports.crypto.hmacSha256(key, id);
  };
  return {
    isNeeded: async () => (await ports.store.instance.read()).administratorId === null,
    async isCode(given) {
      const expected = Buffer.from(await code());
      const actual = Buffer.from(given);
      return actual.length === expected.length && timingSafeEqual(actual, expected);
    },
    url: async () => `${ports.settings.publicUrl}/setup#${await code()}`,
    async claim({ email, password, name, account, accountName }, from) {
      const registered = await people.register({ email, name, password });
      // Nobody is registered for good before that: an attempt broke off in the middle, and this one takes its place.
      const found = registered ?? (await people.find(email));
      if (!found) return alreadySetUp;
      const person = { ...found, name };
      const input = { slug: account, name: accountName };
      const created = await setUpInstance(ports, person, input, from);
      if (created.ok) {
        if (!registered) {
          await people.changePassword(person.id, password);
          await people.rename(person.id, name);
        }
        return { ok: true, value: { person, account: created.value } };
      }
      // Somebody may have taken the place of this very attempt, and administers the instance now.
      const { administratorId } = await ports.store.instance.read();
      if (registered && administratorId !== person.id) await people.unregister(person.id);
      return created;
    },
  };
}
