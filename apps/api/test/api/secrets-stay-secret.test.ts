import { sql } from 'kysely';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Secret as TotpSecret } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resetLink } from '../../src/command-line/reset-link.ts';
import { readConfig } from '../../src/config.ts';
import type { OpenStore } from '../../src/store/index.ts';
import { runLatchkey } from '../command-line/run-latchkey.ts';
import { engines } from '../databases.ts';
import { startReceiver, status, type Receiver } from '../webhooks/receiver.ts';
import { turnSecondFactorOn } from './authenticator-app.ts';
import { owner, startApi, type RunningApi } from './running-api.ts';
import {
  asKey,
  createRole,
  generateAndRedeem,
  inviteAndJoin,
  redeem,
  secretOf,
  type IssuedInvitation,
  type IssuedKey,
  type IssuedWebhook,
} from './things.ts';
import { readDisk, readDumps } from './stolen-postgresql.ts';
import { unzip } from './unzip.ts';

/** The bytes of a secret in base32, as Latin-1: how a column of bytes would hold them. */
function rawSecret(base32: string): string {
  return TotpSecret.fromBase32(base32).latin1;
}

/** The bytes of a webhook's secret, which are what signs. */
function signingBytes(secret: string): string {
  return Buffer.from(secret.slice('whsec_'.length), 'base64').toString('latin1');
}

/** Every form in which a secret could stand somewhere. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret, isLatin1(secret) ? 'latin1' : 'utf8');
  return [
    secret,
    encodeURIComponent(secret),
    bytes.toString('hex'),
    // Base64 shifts by what stands before: drop what a neighbour could change.
    ...[0, 1, 2].flatMap((shift) =>
      (['base64', 'base64url'] as const).map((encoding) =>
        Buffer.concat([Buffer.alloc(shift), bytes])
          .toString(encoding)
          .slice(4, -4),
      ),
    ),
  ];
}

const isLatin1 = (text: string) => /^[\0-\xFF]*$/.test(text);

/** The names of the secrets that stand in a text, in whatever form. */
function findSecrets(text: string, secrets: ReadonlyMap<string, string>): string[] {
  const lower = text.toLowerCase();
  return [...secrets]
    .filter(([, secret]) =>
      formsOf(secret).some((form) => text.includes(form) || lower.includes(form.toLowerCase())),
    )
    .map(([name]) => name);
}

/** Everything that a database holds, as text: every row of every table, bytes in Latin-1 and hex. */
async function readTables({ kysely, engine }: OpenStore): Promise<string> {
  const tables = await kysely.introspection.getTables();
  const texts: string[] = [];
  for (const { name, schema } of tables) {
    const table =
      schema !== undefined && engine === 'postgresql'
        ? sql.table(`${schema}.${name}`)
        : sql.table(name);
    const { rows } = await sql<Record<string, unknown>>`select * from ${table}`.execute(kysely);
    for (const value of rows.flatMap((row) => Object.values(row))) {
      texts.push(
        value instanceof Uint8Array
          ? `${Buffer.from(value).toString('latin1')} ${Buffer.from(value).toString('hex')}`
          : JSON.stringify(value),
      );
    }
  }
  return texts.join('\n');
}

/** What somebody may have who copied the database, each as Latin-1: its files, SQLite's log among them, and a dump of PostgreSQL. */
async function stealCopies(url: string): Promise<string[]> {
  if (!url.startsWith('sqlite:')) return [await readDisk(url), ...(await readDumps(url))];
  const folder = dirname(url.slice('sqlite:'.length));
  const files = (await readdir(folder)).map((file) => readFile(join(folder, file)));
  return [Buffer.concat(await Promise.all(files)).toString('latin1')];
}

describe.each(engines)('what is secret, on %s', (engine) => {
  let api: RunningApi;
  let receiver: Receiver;
  let folder: string;
  const serverSecret = randomBytes(32).toString('base64');
  const secrets = new Map<string, string>();
  let identifier = '';
  beforeAll(async () => {
    receiver = await startReceiver();
    api = await startApi(engine, {
      LATCHKEY_SECRET: serverSecret,
      LATCHKEY_PRIVATE_WEBHOOKS: 'on',
    });
    folder = await mkdtemp(join(tmpdir(), 'latchkey-stolen-'));
  });
  afterAll(async () => {
    await api.stop();
    await receiver.stop();
    await rm(folder, { recursive: true });
  });

  it('lives a whole life', async () => {
    secrets.set("the server's secret", serverSecret);
    const admin = await api.signIn(owner.email, owner.password);
    secrets.set("the owner's password", owner.password);
    secrets.set('the set-up code', api.setUpUrl.slice(api.setUpUrl.indexOf('#') + 1));
    const cookie = decodeURIComponent(admin.cookie.slice(admin.cookie.indexOf('=') + 1));
    secrets.set('the session cookie', cookie);
    secrets.set("the session's token", cookie.split('.', 1)[0] ?? '');

    const role = await createRole(admin, 'acme', ['keys.view', 'keys.edit', 'keys.renew'], 'All');
    const { key, credential } = await generateAndRedeem(admin, 'acme', [role.id]);
    identifier = key.key;
    secrets.set('the token', credential.token);
    const path = `/v1/accounts/acme/keys/${key.id}`;
    const renewed = await admin
      .post(`${path}/renewal`, {}, { 'Idempotency-Key': 'one-two-three' })
      .expect<IssuedKey>(201);
    secrets.set('the link token of the renewal', secretOf(renewed.link.url));
    await admin
      .post(`${path}/renewal`, {}, { 'Idempotency-Key': 'one-two-three' })
      .expect<IssuedKey>(201);
    const unread = await admin
      .post('/v1/accounts/acme/keys', { name: 'Unread', roleIds: [] })
      .expect<IssuedKey>(201);
    secrets.set('an unread link token', secretOf(unread.link.url));
    const fresh = await redeem(api.url, renewed.link.url);
    secrets.set('the new token', fresh.token);

    // Whatever goes wrong says nothing either.
    const anyone = api.stranger();
    await anyone.get(`/v1/credentials/${secretOf(renewed.link.url)}`).expect(410);
    await anyone.send('PUT', `/v1/credentials/${secretOf(unread.link.url)}`).expect(405);
    await anyone.get(`/credentials/${secretOf(unread.link.url)}`);
    await anyone.post('/v1/session', { email: owner.email, password: 'not-the-pass-word' });
    secrets.set('a wrong password', 'not-the-pass-word');
    await anyone.send('POST', '/v1/verify', { raw: `{"token":"${fresh.token}"` }).expect(400);
    await anyone.post('/v1/verify', { ...fresh, permission: 'x.y' }).expect(200);
    await anyone.get(`/v1/forward-auth?token=${'x'.repeat(20)}`, {
      Authorization: `Bearer ${credential.token}`,
    });
    const mangled = `${fresh.token.slice(0, -6)}000000`;
    await asKey(api.url, { ...fresh, token: mangled })
      .get('/v1/accounts')
      .expect(401);
    await asKey(api.url, fresh).get('/v1/accounts').expect(200);
    await asKey(api.url, fresh).get(path).expect(200);

    const invited = await admin
      .post('/v1/accounts/acme/members', { email: 'eve@acme.example', roleIds: [] })
      .expect<IssuedInvitation>(201);
    secrets.set('an open invitation', secretOf(invited.invitation?.url ?? ''));
    await anyone.get(`/v1/invitations/${secretOf(invited.invitation?.url ?? '')}`).expect(200);
    const rui = { email: 'rui@acme.example', name: 'Rui', password: 'nobody-knows-this-one' };
    const { client } = await inviteAndJoin(admin, 'acme', rui, [role.id]);
    secrets.set("a member's password", rui.password);
    const ruis = decodeURIComponent(client.cookie.slice(client.cookie.indexOf('=') + 1));
    secrets.set("a member's session", ruis.split('.', 1)[0] ?? '');
    await client.get('/v1/session').expect(200);
    const enrolled = await turnSecondFactorOn(api, client, rui.password);
    secrets.set("an authenticator app's secret", enrolled.key);
    secrets.set("an authenticator app's secret, as bytes", rawSecret(enrolled.key));
    for (const [place, code] of enrolled.recoveryCodes.entries()) {
      secrets.set(`recovery code ${String(place)}`, code);
      secrets.set(`recovery code ${String(place)}, bare`, code.replace('-', ''));
    }
    const again = { email: rui.email, password: rui.password };
    await anyone.post('/v1/session', { ...again, code: '00000-00000' }).expect(401);
    await anyone
      .post('/v1/session', { ...again, code: enrolled.recoveryCodes[0] ?? '' })
      .expect(200);
    const created = await admin
      .post(
        '/v1/accounts/acme/webhooks',
        { url: receiver.url, types: ['key.deleted'] },
        { 'Idempotency-Key': 'a-webhook' },
      )
      .expect<IssuedWebhook>(201);
    const webhookPath = `/v1/accounts/acme/webhooks/${created.webhook.id}`;
    const replaced = await admin.post(`${webhookPath}/secret`).expect<IssuedWebhook>(200);
    for (const [name, { secret }] of Object.entries({ former: created, present: replaced })) {
      secrets.set(`a webhook's ${name} secret`, secret);
      secrets.set(`a webhook's ${name} secret, as bytes`, signingBytes(secret));
    }
    receiver.answer(status(500));
    await admin.post(`${webhookPath}/test`).expect(201);
    await expect.poll(() => receiver.requests.length, { timeout: 20_000 }).toBe(1);
    const config = readConfig({ DATABASE_URL: api.database.url, LATCHKEY_SECRET: serverSecret });
    const resetOf = async (email: string) => secretOf(await resetLink(config, email));
    const [used, open] = [await resetOf(rui.email), await resetOf(owner.email)];
    secrets.set('a reset link that was used', used);
    secrets.set('an open reset link', open);
    secrets.set('a password chosen by link', 'chosen-by-a-link');
    await anyone.get(`/v1/password-resets/${open}`).expect(200);
    await anyone.get(`/password-resets/${open}`);
    const chosen = { password: 'chosen-by-a-link' };
    await anyone.post(`/v1/password-resets/${used}/password`, chosen).expect(204);
    await anyone.post(`/v1/password-resets/${used}/password`, chosen).expect(410);
    await anyone.send('PUT', `/v1/password-resets/${open}`).expect(405);
    await anyone.get(`/trpc/keys.get?input=${encodeURIComponent(fresh.token)}`);
    expect([...secrets.values()].every((secret) => secret.length > 8)).toBe(true);
    expect(secrets.size).toBe(42);
  });

  it('does not stand in the log, which tells of every request', () => {
    const log = api.log();
    expect(log.split('\n').length).toBeGreaterThan(20);
    expect(log).toContain('/v1/accounts/:account/keys');
    expect(findSecrets(log, secrets)).toEqual([]);
  });

  it('does not stand in the metrics', async () => {
    const { text } = await api.stranger().get('/metrics');
    expect(text).toContain('latchkey_http_request_duration_seconds');
    expect(findSecrets(text, secrets)).toEqual([]);
  });

  it('does not stand in the audit events', async () => {
    const admin = await api.signIn(owner.email, owner.password);
    const { text } = await admin.get('/v1/accounts/acme/audit-events?limit=100');
    expect(text).toContain(identifier);
    expect(findSecrets(text, secrets)).toEqual([]);
  });

  it('does not stand in the database, in whatever form', async () => {
    const store = await api.database.open();
    const tables = await readTables(store);
    expect(tables).toContain(identifier);
    expect(tables).toContain(owner.email);
    expect(findSecrets(tables, secrets)).toEqual([]);
    for (const copy of await stealCopies(api.database.url)) {
      expect(copy).toContain(identifier);
      expect(copy).toContain(owner.email);
      expect(findSecrets(copy, secrets)).toEqual([]);
    }
  });

  it('does not stand in a backup', async () => {
    const file = join(folder, 'backup.jsonl.gz');
    const environment = { DATABASE_URL: api.database.url, LATCHKEY_SECRET: serverSecret };
    expect(await runLatchkey(['backup', file], environment)).toMatchObject({ code: 0 });
    const archive = gunzipSync(await readFile(file)).toString();
    expect(archive).toContain(identifier);
    expect(archive).toContain(owner.email);
    expect(findSecrets(archive, secrets)).toEqual([]);
    // Bytes stand there in base64: what is hidden in them would be seen by nobody.
    const bytes = [...archive.matchAll(/"([\w+/=-]{8,})"/g)]
      .map(([, text = '']) => Buffer.from(text, 'base64').toString('latin1'))
      .join('\n');
    expect(findSecrets(bytes, secrets)).toEqual([]);
  });

  it('does not stand in a spreadsheet', async () => {
    const admin = await api.signIn(owner.email, owner.password);
    const headers = { cookie: admin.cookie };
    const answer = await fetch(`${api.url}/v1/accounts/acme/keys/export.xlsx`, { headers });
    const parts = unzip(Buffer.from(await answer.arrayBuffer()));
    const text = [...parts].map(([name, bytes]) => `${name} ${bytes.toString()}`).join('\n');
    expect(parts.size).toBeGreaterThan(4);
    expect(text).toContain(identifier);
    expect(findSecrets(text, secrets)).toEqual([]);
  });
});
