import { verificationFailures } from '@latchkey/core';
import { z } from 'zod';
import { permission, slug } from './values.ts';

/** The body of `POST /v1/verify`. */
export const verificationBody = z
  .strictObject({
    key: z.string().max(200).optional(),
    token: z.string().max(500),
    account: slug.optional(),
    permission: z
      .union([permission, z.array(permission).max(100)])
      .optional()
      .meta({ description: 'One permission or several, all of them needed.' }),
  })
  .meta({ id: 'VerificationRequest' });

/** The answer of `POST /v1/verify`. */
export const verdict = z
  .discriminatedUnion('valid', [
    z.object({
      valid: z.literal(true),
      code: z.literal('VALID'),
      account: z.string(),
      key: z.object({ id: z.string(), key: z.string(), name: z.string(), account: z.string() }),
      roles: z.array(z.string()),
      permissions: z.array(z.string()),
    }),
    z.object({ valid: z.literal(false), code: z.enum(verificationFailures) }),
  ])
  .meta({ id: 'Verdict' });
