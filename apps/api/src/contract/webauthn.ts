import { z } from 'zod';

/*
 * What browsers make of credentials and take as options, in the JSON of WebAuthn, level 3. What they say besides is not needed.
 */

/** Bytes as WebAuthn writes them. @param most of them, in characters. */
function bytes(most: number) {
  return z
    .string()
    .min(1)
    .max(most)
    .regex(/^[\w-]+$/, 'This is no base64url.')
    .meta({ example: 'o9Jp3kQ2m1x0…' });
}

/** A credential has at most 1023 bytes for a name. */
const credentialId = bytes(1364);
const type = z.literal('public-key');
/** Words that a browser may not know yet either. */
const transport = z
  .string()
  .max(40)
  .regex(/^[a-z-]+$/);

const descriptor = z.object({
  type,
  id: credentialId,
  transports: z.array(transport),
});

export const creationOptions = z
  .object({
    rp: z.object({ id: z.string().meta({ example: 'keys.example.com' }), name: z.string() }),
    user: z.object({ id: bytes(100), name: z.string(), displayName: z.string() }),
    challenge: bytes(100),
    pubKeyCredParams: z.array(z.object({ type, alg: z.int() })),
    timeout: z.int().meta({ description: 'In milliseconds.', example: 300_000 }),
    excludeCredentials: z.array(descriptor),
    authenticatorSelection: z.object({
      residentKey: z.literal('required'),
      requireResidentKey: z.literal(true),
      userVerification: z.literal('required'),
    }),
    attestation: z.literal('none'),
  })
  .meta({
    id: 'PasskeyCreationOptions',
    description: 'As PublicKeyCredential.parseCreationOptionsFromJSON() takes them.',
  });

export const requestOptions = z
  .object({
    rpId: z.string().meta({ example: 'keys.example.com' }),
    challenge: bytes(100),
    timeout: z.int().meta({ description: 'In milliseconds.', example: 300_000 }),
    userVerification: z.literal('required'),
  })
  .meta({
    id: 'PasskeyRequestOptions',
    description: 'As PublicKeyCredential.parseRequestOptionsFromJSON() takes them.',
  });

/** A new credential. */
export const attestation = z
  .object({
    id: credentialId,
    rawId: credentialId,
    type,
    response: z.object({
      clientDataJSON: bytes(10_000),
      attestationObject: bytes(100_000),
      transports: z.array(transport).max(10).optional(),
    }),
  })
  .meta({
    id: 'PasskeyCreated',
    description: 'What navigator.credentials.create() gave, by its toJSON().',
  });

/** A proof made with a credential. */
export const assertion = z
  .object({
    id: credentialId,
    rawId: credentialId,
    type,
    response: z.object({
      clientDataJSON: bytes(10_000),
      authenticatorData: bytes(10_000),
      signature: bytes(10_000),
      userHandle: bytes(100).nullish(),
    }),
  })
  .meta({
    id: 'PasskeyProof',
    description: 'What navigator.credentials.get() gave, by its toJSON().',
  });

export type CreationOptions = z.infer<typeof creationOptions>;
export type RequestOptions = z.infer<typeof requestOptions>;
export type Attestation = z.infer<typeof attestation>;
export type Assertion = z.infer<typeof assertion>;
