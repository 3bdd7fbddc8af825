import { mailLanguages } from '@latchkey/core';
import { z } from 'zod';
import { email, handedSecret, password, utcTime } from './values.ts';

/** A link by which a person chooses a new password, as it is kept. */
export interface PasswordResetRecord {
  personId: string;
  hash: string;
  expiresAt: Date;
}

/** Where reset links are kept: the newest of each person, and none that was used. */
export interface PasswordResetRecords {
  /** Keeps a person's link, in the place of the one that they had. */
  put(reset: PasswordResetRecord): Promise<void>;
  /** The link of one of these hashes. Consumes nothing. @param hashes one for each of the server's secrets. */
  find(hashes: readonly string[], now: Date): Promise<PasswordResetRecord | undefined>;
  /** One guarded write. @returns whose link it was, for exactly one caller, and only before it expires. */
  use(hashes: readonly string[], now: Date): Promise<string | undefined>;
  /** Takes a person's link back, if they have one. */
  withdraw(personId: string): Promise<void>;
  /** Forgets the links that have expired. */
  eraseExpired(now: Date): Promise<void>;
}

const reset = handedSecret.meta({ description: 'From the link.', example: '3Qk0p…' });

export const askPasswordResetBody = {
  email,
  language: z
    .enum(mailLanguages)
    .default('en')
    .meta({ description: 'What the mail is written in.' }),
};

export const passwordResetPath = { reset };

export const passwordResetPreview = z
  .object({ email: z.string().meta({ example: 'ana@acme.example' }), expiresAt: utcTime })
  .meta({ id: 'PasswordResetPreview' });

export const resetPasswordBody = { password };
