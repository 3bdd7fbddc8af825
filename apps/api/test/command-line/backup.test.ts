import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { restoreFrom } from '../../src/command-line/restore-from.ts';
import { readConfig } from '../../src/config.ts';
import { owner, startApi, type RunningApi } from '../api/running-api.ts';
import {
  addPasskey,
  proveByPasskey,
  SoftwareAuthenticator,
} from '../api/software-authenticator.ts';
import {
  createRole,
  generateAndRedeem,
  inviteAndJoin,
  redeem,
  type ApiKey,
  type Credential,
  type IssuedKey,
  type Role,
} from '../api/things.ts';
import { engines, makeDatabase, type TestDatabase } from '../databases.ts';
import { runLatchkey } from './run-latchkey.ts';

const secret = randomBytes(32).toString('base64');
const keys = '/v1/accounts/acme/keys';
const bia = { email: 'bia@acme.example', name: 'Bia', password: 'a long enough password' };

describe.each(engines)('a backup of a running server on %s', (engine) => {
  let api: RunningApi;
  let folder: string;
  let file: string;
  let role: Role;
  let kept: { key: ApiKey; credential: Credential };
  let unread: IssuedKey;
  let passkey: SoftwareAuthenticator;
  let recoveryCodes: string[];
  const others: TestDatabase[] = [];
  const environment = (url: string) => ({ DATABASE_URL: url, LATCHKEY_SECRET: secret });
  const run = (...args: string[]) => runLatchkey(args, environment(api.database.url));

  /** Does something while two admins rename a key again and again. @returns how they were answered. */
  async function whileRenaming<T>(work: () => Promise<T>): Promise<[T, Set<number>]> {
    const admin = await api.signIn(owner.email, owner.password);
    const ended = new AbortController();
    const answers = new Set<number>();
    const renaming = [1, 2].map(async (number) => {
      for (let count = 0; !ended.signal.aborted; count += 1) {
        const name = `Unread ${String(number)}-${String(count)}`;
        answers.add((await admin.patch(`${keys}/${unread.key.id}`, { name })).status);
      }
    });
    const done = await work().finally(() => ended.abort());
    await Promise.all(renaming);
    return [done, answers];
  }

  beforeAll(async () => {
    api = await startApi(engine, { LATCHKEY_SECRET: secret, LATCHKEY_WRITES_PER_MINUTE: '0' });
    folder = await mkdtemp(join(tmpdir(), 'latchkey-backup-'));
    file = join(folder, 'backup.jsonl.gz');
    const admin = await api.signIn(owner.email, owner.password);
    role = await createRole(admin, 'acme', ['orders.read'], 'Pedidos — São Paulo');
    kept = await generateAndRedeem(admin, 'acme', [role.id], 'Kept');
    const member = await inviteAndJoin(admin, 'acme', bia, []);
    passkey = new SoftwareAuthenticator(api.url);
    recoveryCodes = (await addPasskey(member.client, passkey, { password: bia.password }))
      .recoveryCodes;
    unread = await admin.post(keys, { name: 'Unread', roleIds: [] }).expect<IssuedKey>(201);
  });

  afterAll(async () => {
    await api.stop();
    await Promise.all(others.map((database) => database.remove()));
    await rm(folder, { recursive: true });
  });

  it('is made while the server writes, and is for its owner alone', async () => {
    const [backup, answers] = await whileRenaming(() => run('backup', file));
    expect(answers).toEqual(new Set([200]));
    expect(backup).toMatchObject({ code: 0, stderr: '' });
    expect(backup.stdout).toMatch(/^\d+ rows are in .*backup\.jsonl\.gz\./);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('holds no token, password or session in any form that could be used', async () => {
    const text = gunzipSync(await readFile(file)).toString();
    expect(text).toContain(kept.key.key);
    for (const hidden of [kept.credential.token, owner.password, 'person_session']) {
      expect(text).not.toContain(hidden);
    }
  });

  it('never overwrites a file', async () => {
    const again = await run('backup', file);
    expect(again).toMatchObject({ code: 1, stdout: '' });
    expect(again.stderr).toMatch(/^.*is there already: name a new file\.\n$/);
  });

  it.each(engines)('is restored whole on %s', async (other) => {
    const database = await makeDatabase(other);
    others.push(database);
    const restored = await runLatchkey(['restore', file], environment(database.url));
    expect(restored).toMatchObject({ code: 0, stderr: '' });
    const second = await startApi(other, { LATCHKEY_SECRET: secret }, false, database);
    const admin = await second.signIn(owner.email, owner.password);
    await admin
      .post('/v1/verify', { ...kept.credential, permission: 'orders.read' })
      .expect(200)
      .then((body) => expect(body).toMatchObject({ valid: true, roles: [role.name] }));
    await redeem(second.url, unread.link.url);
    const browser = second.stranger();
    const proof = await proveByPasskey(browser, passkey, { origin: second.url });
    await browser.post('/v1/session/passkey', proof).expect(200);
    const { email, password } = bia;
    await browser.post('/v1/session', { email, password, code: recoveryCodes.pop() }).expect(200);
    const found = await admin.get(`${keys}?search=kept`).expect<{ items: ApiKey[] }>(200);
    expect(found.items.map(({ key }) => key)).toEqual([kept.key.key]);
    const all = await admin.get(keys).expect<{ total: number }>(200);
    expect(all.total).toBe(2);
    const chain = await admin.get('/v1/accounts/acme/audit-events/verify').expect(200);
    expect(chain).toMatchObject({ intact: true });
    // What is written after it goes on as if nothing had been.
    const fresh = await generateAndRedeem(admin, 'acme', [role.id], 'Fresh');
    const searched = await admin.get(`${keys}?search=fresh`).expect<{ items: ApiKey[] }>(200);
    expect(searched.items.map(({ key }) => key)).toEqual([fresh.key.key]);
    await admin.delete(`${keys}/${kept.key.id}`).expect(204);
    expect((await admin.get(keys).expect<{ total: number }>(200)).total).toBe(2);
    await second.stop();
  });

  it('takes the place of what a database in use holds only when that is said', async () => {
    const refused = await run('restore', file);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toMatch(/^This database is in use: .*--replace.*\n$/);
  });

  it('is restored while the server runs, which forgets what it knew', async () => {
    const admin = await api.signIn(owner.email, owner.password);
    const later = await generateAndRedeem(admin, 'acme', [role.id], 'After the backup');
    await admin.post(`${keys}/${kept.key.id}/deactivate`).expect(200);
    const verify = async (credential: Credential) =>
      api.stranger().post('/v1/verify', credential).expect<{ code: string }>(200);
    expect((await verify(later.credential)).code).toBe('VALID');
    expect((await verify(kept.credential)).code).toBe('INACTIVE');

    const [restored, answers] = await whileRenaming(() => run('restore', file, '--replace'));
    expect(restored).toMatchObject({ code: 0, stderr: '' });
    // Whoever comes after it is signed out.
    expect([...answers].filter((status) => status !== 200 && status !== 401)).toEqual([]);
    await expect
      .poll(async () => (await verify(later.credential)).code)
      .toBe('INVALID_CREDENTIALS');
    await expect.poll(async () => (await verify(kept.credential)).code).toBe('VALID');
    await admin.get('/v1/session').expect(401);
    const again = await api.signIn(owner.email, owner.password);
    expect((await again.get(keys).expect<{ total: number }>(200)).total).toBe(2);
  });

  it('changes nothing when it is torn, of another schema or of another secret', async () => {
    const torn = join(folder, 'torn.gz');
    await writeFile(torn, await readFile(file));
    await truncate(torn, (await stat(torn)).size - 40);
    const lines = gunzipSync(await readFile(file))
      .toString()
      .trimEnd()
      .split('\n');
    const write = async (name: string, changed: string[]) => {
      const path = join(folder, name);
      await writeFile(path, gzipSync(`${changed.join('\n')}\n`));
      return path;
    };
    const older = await write('older.gz', [
      (lines[0] ?? '').replace('"0001-people",', ''),
      ...lines.slice(1),
    ]);
    const one = lines.findIndex((line) => line.includes('"table":"audit_event"'));
    const short = await write('short.gz', lines.toSpliced(one, 1));
    const cut = await write('cut.gz', lines.slice(0, -1));
    const noArchive = join(folder, 'text.gz');
    await writeFile(noArchive, 'not a gzip file');
    const database = await makeDatabase(engine);
    others.push(database);
    const tries = [
      [torn, /cannot be read as an archive/],
      [older, /another schema/],
      [short, /Rows are missing/],
      [cut, /breaks off/],
      [noArchive, /cannot be read as an archive/],
      [join(folder, 'nothing'), /cannot be read as an archive/],
    ] as const;
    const config = readConfig(environment(database.url));
    for (const [path, reason] of tries) {
      await expect(restoreFrom(config, path, false)).rejects.toThrow(reason);
    }
    const other = {
      ...environment(database.url),
      LATCHKEY_SECRET: randomBytes(32).toString('base64'),
    };
    await expect(restoreFrom(readConfig(other), file, false)).rejects.toThrow(/^LATCHKEY_SECRET: /);
    const { store } = await database.open();
    expect(await store.accounts.list()).toEqual([]);
  });
});
