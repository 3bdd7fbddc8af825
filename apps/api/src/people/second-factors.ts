import {
  ok,
  refuse,
  refuseField,
  type Person,
  type Ports,
  type Result,
  type SecondFactor,
} from '@latchkey/core';
import { Secret as TotpSecret, TOTP } from 'otpauth';
import { z } from 'zod';
import type { SecondFactorRecords } from '../contract/second-factors.ts';
import type { RecoveryCodes } from './recovery-codes.ts';
import type { Sealer } from './sealer.ts';
import { makeTickets } from './tickets.ts';

/** An app that waits for its first code. */
export interface Enrolment {
  /** `otpauth://…`, for the app to scan. */
  uri: string;
  /** The same secret in base32, for who types it. */
  key: string;
  /** To be given back with the first code. */
  enrolment: string;
}

/** What a person has besides the password. */
export interface OwnFactors {
  /** Since when they have an authenticator app; `null` without one. */
  appSince: Date | null;
  /** How many passkeys they have. */
  passkeys: number;
  recoveryCodesLeft: number;
}

/** What of it a person can be asked for; none for who has nothing. */
export function listFactors(own: OwnFactors | null): SecondFactor[] {
  const factors: SecondFactor[] = [];
  if (own && own.passkeys > 0) factors.push('passkey');
  if (own?.appSince) factors.push('app');
  if (own && own.recoveryCodesLeft > 0) factors.push('recovery-code');
  return factors;
}

/** What is asked for besides the password: codes of an authenticator app (RFC 6238), passkeys, and recovery codes for who lost those. */
export interface SecondFactors {
  /** `null` while a person has neither an app nor a passkey. */
  find(personId: string): Promise<OwnFactors | null>;
  /** Whether a code is the person's: the app's, or a recovery code. It is used up by it. */
  check(personId: string, code: string): Promise<boolean>;
  /** Begins an enrolment. Nothing is kept of it until it is confirmed. */
  begin(person: Person): Enrolment;
  /** Turns the app on, by its first code. @returns the recovery codes, once; none for who has some already. */
  confirm(person: Person, enrolment: string, code: string): Promise<Result<string[]>>;
  /** @returns new recovery codes, once; the ones before are gone. */
  renewRecoveryCodes(personId: string): Promise<string[]>;
  /** Turns the app off. The recovery codes go with the last factor. */
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

/** Makes the second factors. @param sealer for the apps' secrets. */
export function makeSecondFactors(
  { clock, crypto }: Pick<Ports, 'clock' | 'crypto'>,
  records: SecondFactorRecords,
  recoveryCodes: RecoveryCodes,
  sealer: Sealer,
): SecondFactors {
  const tickets = makeTickets(sealer, clock, z.object({ secret: z.string() }));
  const enrolmentOf = (personId: string) => `enrolment of ${personId}`;
  const secretOf = (personId: string) => `second factor of ${personId}`;

  return {
    async find(personId) {
      const found = await records.find(personId);
      if (!found) return null;
      const { app, passkeys, recoveryCodesLeft } = found;
      return { appSince: app && app.createdAt, passkeys, recoveryCodesLeft };
    },

    async check(personId, code) {
      const typed = code.replaceAll(/\s/g, '');
      if (!/^\d{6}$/.test(typed)) {
        return records.useRecoveryCode(personId, recoveryCodes.hashes(typed));
      }
      const app = (await records.find(personId))?.app;
      const secret = app && sealer.open(app.sealedSecret, secretOf(personId));
      if (typeof secret !== 'string') return false;
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
      const { codes, hashes } = recoveryCodes.make();
      const added = await records.add(
        {
          personId: person.id,
          sealedSecret: sealer.seal(begun.secret, secretOf(person.id)),
          createdAt: now,
        },
        step,
        hashes,
      );
      if (!added) return refuse('SECOND_FACTOR_ON', 'You have an authenticator app already.');
      return ok(added.recoveryCodesKept ? codes : []);
    },

    async renewRecoveryCodes(personId) {
      const { codes, hashes } = recoveryCodes.make();
      await records.replaceRecoveryCodes(personId, hashes);
      return codes;
    },

    turnOff: (personId) => records.remove(personId),
  };
}
