import { readFile } from 'node:fs/promises';
import { importedTokenSecret, importKeys, isImportable, type KeyToImport } from '@latchkey/core';
import { CsvError, parse } from 'csv-parse/sync';
import { pino } from 'pino';
import { z } from 'zod';
import type { Config } from '../config.ts';
import { keyName, time } from '../contract/values.ts';
import { nodeCrypto } from '../crypto/node-crypto.ts';
import { OperatorError } from '../operator-error.ts';
import { openService } from '../service.ts';

const row = z
  .strictObject({
    name: keyName,
    key: z
      .string()
      .regex(
        /^([A-Za-z0-9][A-Za-z0-9._-]{1,98}[A-Za-z0-9])?$/,
        'expected 3–100 letters, digits, dots, hyphens',
      )
      .default(''),
    roles: z.string().default(''),
    expires_at: time.or(z.literal('')).default(''),
    token: z.string().default(''),
    token_sha256: z
      .string()
      .regex(/^([0-9a-fA-F]{64})?$/, 'expected the SHA-256 of the token in hex')
      .default(''),
  })
  .refine(({ token, token_sha256: sha256 }) => (token === '') !== (sha256 === ''), {
    path: ['token'],
    message: 'expected either token or token_sha256',
  })
  .refine(({ token }) => token === '' || isImportable(token), {
    path: ['token'],
    message: 'expected 16–500 printable characters without a space',
  });

function toKey({
  name,
  key,
  roles,
  expires_at: expiry,
  token,
  token_sha256: hex,
}: z.infer<typeof row>): KeyToImport {
  const sha256 =
    token === '' ? Buffer.from(hex, 'hex').toString('base64url') : nodeCrypto.sha256(token);
  return {
    name,
    ...(key !== '' && { key }),
    roles: roles.split(';').flatMap((role) => (role.trim() === '' ? [] : [role.trim()])),
    expiresAt: expiry === '' ? null : new Date(expiry),
    token: importedTokenSecret(sha256),
  };
}

/** Reads the file. What is wrong with it is told by line and column, and never by what stands there. */
async function readKeys(path: string): Promise<KeyToImport[]> {
  let rows: unknown[];
  try {
    rows = parse(await readFile(path), {
      bom: true,
      columns: (names: string[]) => names.map((name) => name.trim().toLowerCase()),
      skip_empty_lines: true,
      trim: true,
    });
  } catch (error) {
    const reason = error instanceof CsvError ? `no CSV (${error.code})` : 'not to be read';
    throw new OperatorError(`${path} is ${reason}.`);
  }
  return rows.map((one, index) => {
    const parsed = row.safeParse(one);
    if (parsed.success) return toKey(parsed.data);
    const [issue] = parsed.error.issues;
    const column =
      issue?.code === 'unrecognized_keys' ? issue.keys.join(', ') : issue?.path.join('.');
    const what = issue?.code === 'unrecognized_keys' ? 'there is no such column' : issue?.message;
    throw new OperatorError(`${path}: key ${String(index + 1)}, ${column ?? ''}: ${what ?? ''}`);
  });
}

/**
 * Imports the keys of another system from a CSV file with the columns `name`, `token` or `token_sha256`, and, as needed, `key`, `roles`
 * (separated by semicolons) and `expires_at`. All or none.
 *
 * @returns what to tell the operator.
 */
export async function importFrom(config: Config, path: string, account: string): Promise<string> {
  const keys = await readKeys(path);
  const service = await openService(config, pino({ enabled: false }));
  try {
    const imported = await importKeys(service.ports, account, keys);
    if (!imported.ok) {
      const [field] = imported.refusal.fields ?? [];
      const where = field?.path === 'account' ? '' : `${path}: key ${field?.path ?? ''}: `;
      throw new OperatorError(`${where}${imported.refusal.detail}`);
    }
    return config.importedTokens
      ? `${String(imported.value)} keys are imported.`
      : `${String(imported.value)} keys are imported. Start the server with LATCHKEY_IMPORTED_TOKENS=on: until then their tokens do not verify.`;
  } finally {
    await service.close();
  }
}
