import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diagnose } from '../../src/command-line/doctor.ts';
import { startApi, type RunningApi } from '../api/running-api.ts';
import { secretOf } from '../api/things.ts';
import { engines, makeDatabase, type TestDatabase } from '../databases.ts';
import { runLatchkey } from './run-latchkey.ts';

const secret = randomBytes(32).toString('base64');

describe.each(engines)('the command line on %s', (engine) => {
  let database: TestDatabase;
  let environment: Record<string, string>;
  beforeAll(async () => {
    database = await makeDatabase(engine);
    environment = { DATABASE_URL: database.url, LATCHKEY_SECRET: secret };
  });
  afterAll(() => database.remove());

  const createOwner = (account: string, email: string, password: string) =>
    runLatchkey(
      ['create-owner', '--account', account, '--email', email],
      environment,
      `${password}\n`,
    );
  const start = () => startApi(engine, { LATCHKEY_SECRET: secret }, false, database);

  it('migrates, and says what is still to come before', async () => {
    const before = await diagnose(environment, false);
    expect(before).toContainEqual(
      expect.objectContaining({ what: 'database', state: 'worth a look' }),
    );
    expect(await runLatchkey(['migrate'], environment)).toMatchObject({
      code: 0,
      stdout: 'The database is up to date.\n',
    });
    expect(await diagnose(environment, false)).toContainEqual(
      expect.objectContaining({ what: 'database', state: 'good' }),
    );
  });

  it('creates the first owner, a second account and a second owner, each of whom can sign in', async () => {
    expect(await createOwner('acme', 'ana@acme.example', 'first-password')).toMatchObject({
      code: 0,
      stdout: 'The account acme is created, and ana@acme.example is its owner.\n',
    });
    expect(await createOwner('globex', 'ana@acme.example', '')).toMatchObject({ code: 0 });
    expect(await createOwner('acme', 'rui@acme.example', 'second-password')).toMatchObject({
      code: 0,
      stdout: 'rui@acme.example is an owner of acme.\n',
    });
    const api: RunningApi = await start();
    const ana = await api.signIn('ana@acme.example', 'first-password');
    const { items } = await ana.get('/v1/accounts').expect<{ items: { slug: string }[] }>(200);
    expect(items.map(({ slug }) => slug)).toEqual(['acme', 'globex']);
    const rui = await api.signIn('rui@acme.example', 'second-password');
    const events = await rui
      .get('/v1/accounts/acme/audit-events')
      .expect<{ items: { action: string; actor: { kind: string } }[] }>(200);
    expect(events.items[0]).toMatchObject({ action: 'member.joined', actor: { kind: 'system' } });
    await api.stop();
  });

  it('prints a link by which somebody chooses a new password, once', async () => {
    const printed = await runLatchkey(['reset-link', 'Rui@acme.example'], environment);
    expect(printed).toMatchObject({ code: 0, stderr: '' });
    const [told, link = ''] = printed.stdout.split('\n');
    expect(told).toMatch(/^rui@acme\.example can choose a new password by this link, once, until /);
    const api: RunningApi = await start();
    const path = `/v1/password-resets/${secretOf(link)}/password`;
    const chosen = { password: 'second-password-anew' };
    await api.stranger().post(path, chosen).expect(204);
    await api.stranger().post(path, chosen).refused(410, 'RESET_GONE');
    await api.signIn('rui@acme.example', 'second-password-anew');
    await api.stop();
    expect(await runLatchkey(['reset-link', 'eve@acme.example'], environment)).toEqual({
      code: 1,
      stdout: '',
      stderr: 'email: nobody here has the address eve@acme.example\n',
    });
  });

  it('says in one line what it cannot do, and repeats no password', async () => {
    for (const [account, email, password] of [
      ['acme', 'eve@acme.example', 'short'],
      ['acme', 'no-address', 'long-enough-password'],
      ['No Slug', 'eve@acme.example', 'long-enough-password'],
    ] as const) {
      const refused = await createOwner(account, email, password);
      expect(refused).toMatchObject({ code: 1, stdout: '' });
      expect(refused.stderr).toMatch(/^(password|--email|--account): [^\n]+\n$/);
      expect(refused.stderr).not.toContain(password);
    }
  });

  it('finds a foreign secret, and an audit log that somebody edited', async () => {
    const foreign = { ...environment, LATCHKEY_SECRET: randomBytes(32).toString('base64') };
    expect(await diagnose(foreign, false)).toContainEqual(
      expect.objectContaining({ what: 'LATCHKEY_SECRET', state: 'wrong' }),
    );
    const whole = await diagnose(environment, true);
    expect(whole).toContainEqual(
      expect.objectContaining({ what: 'audit log of acme', state: 'good' }),
    );
    const { kysely, close } = await database.open();
    await kysely.updateTable('audit_head').set({ hash: 'edited' }).execute();
    await close();
    const edited = await runLatchkey(['doctor', '--audit'], environment);
    expect(edited.code).toBe(1);
    expect(edited.stdout).toMatch(/^✗ audit log of acme: event \d+ is edited\.$/m);
  });
});

describe('the doctor', () => {
  it.each([
    ['good', {}],
    ['worth a look', { LATCHKEY_PRIVATE_WEBHOOKS: 'on' }],
  ])('finds %s where webhooks may lead', async (state, variables) => {
    const findings = await diagnose(
      { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none', LATCHKEY_SECRET: secret, ...variables },
      false,
    );
    const what = 'LATCHKEY_PRIVATE_WEBHOOKS';
    expect(findings).toContainEqual(expect.objectContaining({ what, state }));
  });
});

describe('rotating the secret', () => {
  it('puts a new one into the data folder, and tells what to do where a variable names it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'latchkey-rotate-'));
    const environment = { DATABASE_URL: `sqlite:${join(folder, 'latchkey.db')}` };
    await runLatchkey(['migrate'], environment);
    expect(await runLatchkey(['rotate-secret'], environment)).toMatchObject({ code: 0 });
    const [fresh, old, ...more] = (await readFile(join(folder, 'secret'), 'utf8'))
      .trim()
      .split(',');
    expect([fresh?.length, old?.length, more]).toEqual([44, 44, []]);

    await chmod(join(folder, 'secret'), 0o644);
    expect(await diagnose(environment, false)).toContainEqual(
      expect.objectContaining({ what: 'secret', state: 'wrong' }),
    );
    await rm(folder, { recursive: true });

    const told = await runLatchkey(['rotate-secret'], {
      DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
      LATCHKEY_SECRET: secret,
    });
    expect(told).toMatchObject({ code: 0, stderr: '' });
    expect(told.stdout).toContain('LATCHKEY_SECRET={old},{new}');
    expect(told.stdout).not.toContain(secret);
  });
});
