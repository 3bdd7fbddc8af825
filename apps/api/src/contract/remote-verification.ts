import { z } from 'zod';
import { time } from './values.ts';
import { verdict } from './verification.ts';

/** What a remote verifier asks for, by the last part of its path, and with which method. */
export const remoteVerification = {
  changes: 'GET',
  credentials: 'POST',
  usage: 'POST',
} as const;

export type RemoteQuestion = keyof typeof remoteVerification;
export const remoteQuestions = Object.keys(remoteVerification) as RemoteQuestion[];

/** The path of what a remote verifier asks for, below `/v1`. */
export const remoteVerificationPath = (name: RemoteQuestion) =>
  `/accounts/{account}/verifier/${name}` as const;

/** What a remote verifier asks once for each credential that it meets. */
export const credentialQuestion = z
  .strictObject({
    key: z.string().max(200).optional().meta({ example: 'lk-acme-8F3K2M9Q' }),
    token: z.string().max(500),
  })
  .meta({ id: 'CredentialQuestion' });

/** What it is told: enough to answer by itself until a change is streamed. */
export const credentialAnswer = z
  .object({
    verdict,
    expiresAt: z.iso.datetime().nullable().optional().meta({
      description: 'Only with a valid verdict: from then on the key is refused; null for never.',
    }),
    endsAt: z.iso.datetime().nullable().optional().meta({
      description:
        'Only with a valid verdict: from then on the token is gone, since its renewal completes; null for a token that stays.',
    }),
    age: z.number().min(0).optional().meta({
      description: 'How long ago this was last known to be so, in milliseconds.',
    }),
    keyId: z.string().optional().meta({
      description: 'Only with INACTIVE and EXPIRED: the key whose change may end the refusal.',
    }),
    receipt: z.string().optional().meta({
      description: 'Only with a valid verdict: shown when uses of the token are reported.',
    }),
  })
  .meta({ id: 'CredentialAnswer' });

/** The uses that a remote verifier counted since its last report; a token and UTC day each. */
export const usageReport = z
  .strictObject({
    id: z.uuid().meta({
      description: 'Of this report: when it is sent again, it is not counted again.',
    }),
    usage: z
      .array(
        z.strictObject({
          receipt: z.string().max(300),
          count: z.int().min(1).max(1_000_000_000),
          lastUsedAt: time,
        }),
      )
      .max(1000),
  })
  .meta({ id: 'UsageReport' });
