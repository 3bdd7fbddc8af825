import { randomBytes } from 'node:crypto';
import type { Config } from '../config.ts';
import { addSecretToFile } from '../secrets/secret-file.ts';
import { secretFileOf } from '../secrets/secrets.ts';

/**
 * Puts a new secret before the old one: in the data folder, or, where a variable names it, in what it tells the operator to set.
 *
 * @returns what to tell the operator.
 */
export async function rotateSecret({ databaseUrl, secrets }: Config): Promise<string> {
  const file = secrets ? undefined : secretFileOf(databaseUrl);
  if (file !== undefined) {
    await addSecretToFile(file);
    return [
      `${file} has a new secret before the old one. Restart the server: it signs with the new one and knows both.`,
      'Keep the old one for as long as keys have tokens from before: without it those no longer verify.',
    ].join('\n');
  }
  return [
    `A new secret: ${randomBytes(32).toString('base64')}`,
    'With {old} for what LATCHKEY_SECRET is now, restart the nodes one after the other, twice:',
    '  1. LATCHKEY_SECRET={old},{new}   so that every node knows the new one before any signs with it',
    '  2. LATCHKEY_SECRET={new},{old}   so that they sign with it',
    'Keep the old one for as long as keys have tokens from before: without it those no longer verify.',
  ].join('\n');
}
