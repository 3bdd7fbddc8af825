import { z } from 'zod';
import {
  accountName,
  email,
  handedSecret,
  id,
  passkeyName,
  password,
  personName,
  slug,
  utcTime,
} from './values.ts';
import { assertion, attestation, creationOptions, requestOptions } from './webauthn.ts';

export const person = z
  .object({
    id,
    email: z.string().meta({ example: 'ana@acme.example' }),
    name: z.string().meta({ example: 'Ana Souza' }),
    administrator: z.boolean().meta({ description: 'Whether they may create accounts.' }),
  })
  .meta({ id: 'Person' });

export const profile = person
  .extend({
    secondFactor: z
      .object({
        appSince: utcTime.nullable().meta({
          description: 'Since when there is an authenticator app; null without one.',
        }),
        passkeys: z.int().meta({ description: 'How many there are.', example: 2 }),
        recoveryCodesLeft: z.int().meta({ example: 10 }),
      })
      .nullable()
      .meta({ description: 'What is asked for besides the password; null while nothing is.' }),
    hasPassword: z.boolean().meta({
      description: 'Whether they have a password here, and not the identity provider’s alone.',
    }),
    identityProvider: z
      .object({
        name: z.string().meta({ example: 'Acme ID' }),
        connected: z.boolean().meta({ description: 'Whether they can sign in by it.' }),
      })
      .nullable()
      .meta({ description: 'The company’s; null where none is set up.' }),
  })
  .meta({ id: 'Profile' });

export const editProfileBody = { name: personName };

export const changePasswordBody = {
  currentPassword: z.string().min(1).max(128),
  newPassword: password,
};

export const session = z
  .object({
    id,
    browser: z.string().nullable().meta({ example: 'Firefox' }),
    system: z.string().nullable().meta({ example: 'Windows' }),
    userAgent: z.string().nullable().meta({ description: 'As the browser calls itself.' }),
    from: z.string().nullable().meta({
      description: 'The address that it began at.',
      example: '192.0.2.7',
    }),
    createdAt: utcTime,
    lastActiveAt: utcTime.meta({ description: 'At most a minute behind.' }),
    current: z.boolean().meta({ description: 'Whether it is the one that asks.' }),
  })
  .meta({ id: 'Session' });

const code = z
  .string()
  .min(1)
  .max(40)
  .meta({ description: 'Of the authenticator app, or a recovery code.', example: '492039' });

/** What a browser was given to hand back. */
const ticket = z.string().min(1).max(1000).meta({ example: 'q83vEjRW…' });

/** What a browser answers to a challenge. */
export const passkeyProof = { ticket, credential: assertion };

const passkey = z.object(passkeyProof).meta({ id: 'PasskeyAnswer' });

export const signInBody = {
  email,
  password: z.string().min(1).max(128),
  code: code.optional().meta({
    description: 'Of the authenticator app, or a recovery code: for who has a second factor.',
  }),
  passkey: passkey.optional().meta({
    description: 'In the place of a code: the answer to a challenge.',
  }),
};

/** Who is signed in proves once more that it is them. */
export const proofBody = {
  password: z.string().min(1).max(128).optional(),
  code: code.optional(),
  passkey: passkey.optional(),
};

export const enrolment = z
  .object({
    uri: z.string().meta({ example: 'otpauth://totp/Latchkey:ana%40acme.example?secret=…' }),
    key: z.string().meta({ description: 'The secret in base32, for who types it.' }),
    enrolment: z.string().meta({ description: 'To be given back with the first code.' }),
  })
  .meta({ id: 'SecondFactorEnrolment' });

export const confirmEnrolmentBody = { enrolment: z.string().min(1).max(1000), code };

const codes = z
  .array(z.string().meta({ example: '7Q4ZK-2MD0R' }))
  .meta({ description: 'Shown once. None for who has some already.' });

export const recoveryCodes = z.object({ recoveryCodes: codes }).meta({ id: 'RecoveryCodes' });

export const ownPasskey = z
  .object({
    id,
    name: z.string().meta({ example: 'Laptop' }),
    createdAt: utcTime,
    lastUsedAt: utcTime.nullable(),
  })
  .meta({ id: 'Passkey' });

/** Of a passkey that is being added, or used. */
const begun = { ticket: ticket.meta({ description: 'To be given back with the answer.' }) };

export const passkeyEnrolment = z
  .object({ options: creationOptions, ...begun })
  .meta({ id: 'PasskeyEnrolment' });

export const passkeyChallenge = z
  .object({ options: requestOptions, ...begun })
  .meta({ id: 'PasskeyChallenge' });

export const addPasskeyBody = { ticket, name: passkeyName, credential: attestation };

export const addedPasskey = z
  .object({ passkey: ownPasskey, recoveryCodes: codes })
  .meta({ id: 'AddedPasskey' });

export const renamePasskeyBody = { name: passkeyName };

export const setUpBody = {
  code: handedSecret.meta({ description: 'From the set-up URL that the console printed.' }),
  email,
  password,
  name: personName,
  account: slug,
  accountName,
};

export const setUpState = z.object({ needed: z.boolean() }).meta({ id: 'SetUpState' });

export const invitationPreview = z
  .object({
    email: z.string(),
    account: z.string(),
    expiresAt: utcTime,
    registered: z.boolean().meta({
      description: 'Whether this person has a password here already, and joins with that.',
    }),
  })
  .meta({ id: 'InvitationPreview' });

export const acceptInvitationBody = {
  name: personName.optional(),
  password,
  code: signInBody.code,
  passkey: signInBody.passkey,
};
