import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';

import { expect, test } from '@playwright/test';

import { withDatabase } from '../src/database.ts';
import { temporaryFolder } from '../src/folders.ts';
import { owner, spawnLatchkey, startLatchkey } from '../src/latchkey.ts';
import { freePort } from '../src/ports.ts';
import { signIn } from '../src/session.ts';

/** Starts what cannot start, and returns the one line in which it says why. */
async function refusalOf(folder: string, env: Readonly<Record<string, string>>): Promise<string> {
  const { code, stdout, stderr } = await spawnLatchkey(folder, env).exited;
  expect(code, stdout + stderr).toBe(1);
  const lines = stderr.trimEnd().split('\n');
  expect(lines, 'one line, and no stack').toHaveLength(1);
  return lines.join('');
}

test.describe('a start that cannot succeed ends with one line that says why', () => {
  for (const [name, value] of [
    ['PORT', 'eighty'],
    ['PORT', '70000'],
    ['PUBLIC_URL', 'latchkey'],
    ['DATABASE_URL', 'mysql://localhost/latchkey'],
    ['LATCHKEY_SECRET', 'too-short'],
    ['LATCHKEY_ACCOUNT', 'No Slug!'],
    ['LATCHKEY_TOKEN_PREFIX', 'Ä'],
    ['SMTP_URL', 'nowhere'],
  ] as const) {
    test(`${name}=${value}`, async () => {
      await using folder = await temporaryFolder();
      const port = String(await freePort());
      expect(await refusalOf(folder.path, { PORT: port, ...owner, [name]: value })).toContain(name);
      expect(existsSync(join(folder.path, 'data')), 'nothing was made').toBe(false);
    });
  }

  test('PostgreSQL without LATCHKEY_SECRET', async () => {
    await using folder = await temporaryFolder();
    const env = { DATABASE_URL: 'postgres://localhost:1/latchkey' };
    expect(await refusalOf(folder.path, env)).toContain('LATCHKEY_SECRET');
  });

  test('a PostgreSQL that is out of reach, whose password is not told', async () => {
    await using folder = await temporaryFolder();
    const line = await refusalOf(folder.path, {
      DATABASE_URL: 'postgres://latchkey:hunter2@127.0.0.1:1/latchkey',
      LATCHKEY_SECRET: Buffer.alloc(32, 7).toString('base64'),
    });
    expect(line).toContain('127.0.0.1:1');
    expect(line).not.toContain('hunter2');
  });

  test('a port that is taken', async () => {
    await using folder = await temporaryFolder();
    const port = await freePort();
    const squatter = createServer().listen(port, '127.0.0.1');
    try {
      expect(await refusalOf(folder.path, { PORT: String(port) })).toContain(String(port));
    } finally {
      squatter.close();
    }
  });

  test('a data folder that cannot be written', async () => {
    await using folder = await temporaryFolder();
    const port = String(await freePort());
    // A folder below a file: nobody can make it, not even root.
    const env = { PORT: port, DATABASE_URL: 'sqlite:/dev/null/latchkey.db' };
    expect(await refusalOf(folder.path, env)).toContain('/dev/null');
  });

  test('a database that is a folder', async () => {
    await using folder = await temporaryFolder();
    await mkdir(join(folder.path, 'data/latchkey.db'), { recursive: true });
    const port = String(await freePort());
    expect(await refusalOf(folder.path, { PORT: port })).toContain('latchkey.db');
  });

  test('another secret than the one that the database was made with', async () => {
    await using folder = await temporaryFolder();
    {
      await using latchkey = await startLatchkey(folder.path);
      expect(latchkey.url).toBeTruthy();
    }
    const LATCHKEY_SECRET = Buffer.alloc(32, 7).toString('base64');
    const line = await refusalOf(folder.path, { PORT: String(await freePort()), LATCHKEY_SECRET });
    expect(line).toContain('LATCHKEY_SECRET');
    await using again = await startLatchkey(folder.path);
    expect(again.url).toBeTruthy();
  });

  test('a database that is newer than the code, which stays as it was', async () => {
    await using folder = await temporaryFolder();
    {
      await using latchkey = await startLatchkey(folder.path, owner);
      const session = await signIn(latchkey);
      const made = await session.send('POST', '/v1/accounts/acme/keys', {
        name: 'Made before',
        roleIds: [],
      });
      expect(made.status).toBe(201);
    }

    const file = join(folder.path, 'data/latchkey.db');
    const future = 'Migration29990101000000';
    withDatabase(file, (database) =>
      database
        .prepare('insert into migration (name, executed_at) values (?, ?)')
        .run(future, '2999-01-01 00:00:00'),
    );
    const line = await refusalOf(folder.path, { PORT: String(await freePort()) });
    expect(line).toContain('newer');

    withDatabase(file, (database) =>
      database.prepare('delete from migration where name = ?').run(future),
    );
    await using latchkey = await startLatchkey(folder.path);
    const session = await signIn(latchkey);
    const keys = await session.send('GET', '/v1/accounts/acme/keys');
    expect(await keys.json()).toMatchObject({ total: 1, items: [{ name: 'Made before' }] });
  });
});
