import {
  ok,
  refuse,
  refuseField,
  Secret,
  type Person,
  type Ports,
  type Result,
} from '@latchkey/core';
import { Secret as TotpSecret, TOTP } from 'otpauth';
import { z } from 'zod';
import type { SecondFactorRecords } from '../contract/second-factors.ts';
import type { Sealer } from './sealer.ts';
import { makeTickets } from './tickets.ts';

/** How many recovery codes a person gets. */
const recoveryCodeCount = 10;

/** Crockford's base32: nothing in it looks like something else in it. */
const recoveryAlphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A second factor that waits for its first code. */
export interface Enrolment {
  /** `otpauth://…`, for the app to scan. */
  uri: string;
  /** The same secret in base32, for who types it. */
  key: string;
  /** To be given back with the first code. */
  enrolment: string;
}

/** Codes of an authenticator app (RFC 6238), and recovery codes for who lost it. */
export interface SecondFactors {
  /** `null` while a person has none. */
  find(personId: string): Promise<{ createdAt: Date; recoveryCodesLeft: number } | null>;
  /** Whether a code is the person's: the app's, or a recovery code. It is used up by it. */
  check(personId: string, code: string): Promise<boolean>;
  /** Begins an enrolment. Nothing is kept of it until it is confirmed. */
  begin(person: Person): Enrolment;
  /** Turns the second factor on, by a first code of the app. @returns the recovery codes, once. */
  confirm(person: Person, enrolment: string, code: string): Promise<Result<string[]>>;
  /** @returns new recovery codes, once; the ones before are gone. */
  renewRecoveryCodes(personId: string): Promise<string[]>;
  turnOff(personId: string): Promise<void>;
}

function makeTotp(person: Pick<Person, 'email'>, secret: TotpSecret): TOTP {
  return new TOTP({ issuer: 'Latchkey', label: person.email, secret });
}

/** The time step whose code this is, now or one step before or after; `null` when it is none. */
function findStep(totp: TOTP, code: string, now: Date): number | null {
  const timestamp = now.getTime();
  const delta = totp.validate({ token: code, timestamp, window: 1 });
  return delta === null ? null : totp.counter({ timestamp }) + delta;
}

/** A recovery code as it was given out, however it was typed. */
function readRecoveryCode(typed: string): string {
  return typed
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
    .replaceAll(/[IL]/g, '1')
    .replaceAll('O', '0');
}

/** Makes the second factors. @param sealer for the apps' secrets. */
export function makeSecondFactors(
  { clock, crypto, keyring }: Pick<Ports, 'clock' | 'crypto' | 'keyring'>,
  records: SecondFactorRecords,
  sealer: Sealer,
): SecondFactors {
  const tickets = makeTickets(sealer, clock, z.object({ secret: z.string() }));
  const enrolmentOf = (personId: string) => `enrolment of ${personId}`;
  const secretOf = (personId: string) => `second factor of ${personId}`;

  const makeRecoveryCodes = () =>
    Array.from({ length: recoveryCodeCount }, () => {
      const letters = [...crypto.randomBytes(10)].map((byte) => recoveryAlphabet[byte % 32]);
      return `${letters.slice(0, 5).join('')}-${letters.slice(5).join('')}`;
    });
  const toSecret = (code: string) => new Secret(readRecoveryCode(code));
  const hash = (code: string) => keyring.hash('recovery-code', toSecret(code));

  return {
    async find(personId) {
      const found = await records.find(personId);
      return found
        ? { createdAt: found.createdAt, recoveryCodesLeft: found.recoveryCodesLeft }
        : null;
    },

    async check(personId, code) {
      const typed = code.replaceAll(/\s/g, '');
      if (!/^\d{6}$/.test(typed)) {
        const hashes = keyring.hashes('recovery-code', toSecret(typed));
        return records.useRecoveryCode(personId, hashes);
      }
      const found = await records.find(personId);
      const secret = found && sealer.open(found.sealedSecret, secretOf(personId));
      if (secret === undefined) return false;
      const totp = makeTotp({ email: '' }, TotpSecret.fromBase32(secret));
      const step = findStep(totp, typed, clock.now());
      return step !== null && (await records.takeStep(personId, step));
    },

    begin(person) {
      const secret = new TotpSecret({ buffer: new Uint8Array(crypto.randomBytes(20)).buffer });
      return {
        uri: makeTotp(person, secret).toString(),
        key: secret.base32,
        enrolment: tickets.issue({ secret: secret.base32 }, enrolmentOf(person.id)),
      };
    },

    async confirm(person, enrolment, code) {
      const begun = tickets.read(enrolment, enrolmentOf(person.id));
      if (!begun) return refuseField('enrolment', 'This took too long. Begin again.');
      const now = clock.now();
      const totp = makeTotp(person, TotpSecret.fromBase32(begun.secret));
      const step = findStep(totp, code.replaceAll(/\s/g, ''), now);
      if (step === null) {
        return refuse('WRONG_CODE', 'This code is not the one that the app shows now.');
      }
      const codes = makeRecoveryCodes();
      const added = await records.add(
        {
          personId: person.id,
          sealedSecret: sealer.seal(begun.secret, secretOf(person.id)),
          createdAt: now,
        },
        step,
        codes.map(hash),
      );
      return added ? ok(codes) : refuse('SECOND_FACTOR_ON', 'You have a second factor already.');
    },

    async renewRecoveryCodes(personId) {
      const codes = makeRecoveryCodes();
      await records.replaceRecoveryCodes(personId, codes.map(hash));
      return codes;
    },

    turnOff: (personId) => records.remove(personId),
  };
}
