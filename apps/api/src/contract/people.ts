import { z } from 'zod';
import {
  accountName,
  email,
  handedSecret,
  id,
  password,
  personName,
  slug,
  utcTime,
} from './values.ts';

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
        since: utcTime,
        recoveryCodesLeft: z.int().meta({ example: 10 }),
      })
      .nullable()
      .meta({ description: 'Codes of an authenticator app; null while they are not asked for.' }),
    hasPassword: z.boolean().meta({
      description: 'Whether they have a password here, and not the identity provider’s alone.',
    }),
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

export const signInBody = {
  email,
  password: z.string().min(1).max(128),
  code: code.optional().meta({
    description: 'Of the authenticator app, or a recovery code: for who has a second factor.',
  }),
};

/** Who is signed in proves once more that it is them. */
export const proofBody = {
  password: z.string().min(1).max(128).optional(),
  code: code.optional(),
};

export const enrolment = z
  .object({
    uri: z.string().meta({ example: 'otpauth://totp/Latchkey:ana%40acme.example?secret=…' }),
    key: z.string().meta({ description: 'The secret in base32, for who types it.' }),
    enrolment: z.string().meta({ description: 'To be given back with the first code.' }),
  })
  .meta({ id: 'SecondFactorEnrolment' });

export const confirmEnrolmentBody = { enrolment: z.string().min(1).max(1000), code };

export const recoveryCodes = z
  .object({ recoveryCodes: z.array(z.string().meta({ example: '7Q4ZK-2MD0R' })) })
  .meta({ id: 'RecoveryCodes' });

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
};
