import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importFrom } from '../../src/command-line/import-keys.ts';
import { readConfig } from '../../src/config.ts';
import { owner, startApi, type RunningApi } from '../api/running-api.ts';
import { createRole, redeem, type ApiKey, type IssuedKey } from '../api/things.ts';
import { engines } from '../databases.ts';
import { runLatchkey } from './run-latchkey.ts';

const keys = '/v1/accounts/acme/keys';
const plain = 'sk_live_4eC39HqLyjWDarjtT1zdp7dc';
const hashed = 'an-older/token+of=another~system';
const sha256 = (token: string) => createHash('sha256').update(token).digest('hex');

describe.each(engines)('importing keys on %s', (engine) => {
  const secret = randomBytes(32).toString('base64');
  let api: RunningApi;
  let folder: string;
  let environment: Record<string, string>;
  const write = async (...lines: string[]) => {
    const path = join(folder, 'keys.csv');
    await writeFile(path, `${lines.join('\n')}\n`);
    return path;
  };

  beforeAll(async () => {
    api = await startApi(engine, { LATCHKEY_SECRET: secret, LATCHKEY_IMPORTED_TOKENS: 'on' });
    folder = await mkdtemp(join(tmpdir(), 'latchkey-import-'));
    environment = { DATABASE_URL: api.database.url, LATCHKEY_SECRET: secret };
    const admin = await api.signIn(owner.email, owner.password);
    await createRole(admin, 'acme', ['orders.read'], 'Orders');
  });
  afterAll(async () => {
    await api.stop();
    await rm(folder, { recursive: true });
  });

  it('lets their holders go on with the tokens that they have, by token and by hash', async () => {
    const file = await write(
      'name,key,token,token_sha256,roles,expires_at',
      `Plain,,${plain},,orders; Viewer,`,
      `"Hashed, São Paulo",partner-7,,${sha256(hashed).toUpperCase()},Orders,2099-01-01T00:00:00Z`,
    );
    const ran = await runLatchkey(['import', file, '--account', 'acme'], environment);
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(ran.stdout).toMatch(/^2 keys are imported\. .*LATCHKEY_IMPORTED_TOKENS=on/);
    const verify = async (body: object) =>
      api.stranger().post('/v1/verify', body).expect<{ code: string }>(200);
    expect(await verify({ token: plain, permission: 'orders.read' })).toMatchObject({
      code: 'VALID',
      roles: ['Orders', 'Viewer'],
      key: { name: 'Plain', key: expect.stringMatching(/^lk-acme-/) as string },
    });
    expect(await verify({ key: 'partner-7', token: hashed })).toMatchObject({
      code: 'VALID',
      key: { name: 'Hashed, São Paulo', key: 'partner-7' },
    });
    expect(await verify({ key: 'partner-8', token: hashed })).toMatchObject({ valid: false });
    expect(await verify({ token: `${hashed}!` })).toMatchObject({ valid: false });
  });

  it('makes keys like all others: renewed, they have a token of ours beside the old one', async () => {
    const admin = await api.signIn(owner.email, owner.password);
    const { items } = await admin.get(`${keys}?search=partner-7`).expect<{ items: ApiKey[] }>(200);
    expect(items[0]).toMatchObject({ link: null, renewal: null });
    const path = `${keys}/${items[0]?.id ?? ''}`;
    const renewed = await admin.post(`${path}/renewal`, {}).expect<IssuedKey>(201);
    const { token } = await redeem(api.url, renewed.link.url);
    for (const one of [token, hashed]) {
      const verdict = await admin.post('/v1/verify', { token: one }).expect(200);
      expect(verdict).toMatchObject({ code: 'VALID' });
    }
    await admin.post(`${path}/renewal/complete`).expect(200);
    const old = await admin.post('/v1/verify', { token: hashed }).expect(200);
    expect(old).toMatchObject({ valid: false });
  });

  it('imports all or none, and tells which cannot be, without what is secret', async () => {
    const fresh = randomBytes(24).toString('base64url');
    const head = 'name,key,token,roles,expires_at';
    const good = `Good,good-1,${fresh},Orders,`;
    const config = readConfig(environment);
    const tries: [string[], RegExp][] = [
      [[head, good, `Again,,${plain},,`], /key 2: .*here already/],
      [[head, good, `Role,,${fresh}2,Nobody,`], /key 2: .*no role Nobody/],
      [[head, good, `Late,,${fresh}2,,2020-01-01T00:00:00Z`], /key 2: .*expired/],
      [[head, good, `Short,,short,,`], /key 2, token: expected 16/],
      [[head, good, `,,${fresh}2,,`], /key 2, name: /],
      [['name,tokens', `Column,${fresh}`], /key 1, tokens: there is no such column/],
      [['name,token', `"Open,${fresh}`], /is no CSV/],
    ];
    for (const [lines, reason] of tries) {
      const importing = importFrom(config, await write(...lines), 'acme');
      await expect(importing).rejects.toThrow(reason);
      await expect(importing).rejects.not.toThrow(new RegExp(fresh));
    }
    await expect(importFrom(config, await write(head, good), 'none')).rejects.toThrow(
      /There is no account none/,
    );
    await expect(importFrom(config, join(folder, 'nothing'), 'acme')).rejects.toThrow(
      /not to be read/,
    );
    const admin = await api.signIn(owner.email, owner.password);
    expect((await admin.get(keys).expect<{ total: number }>(200)).total).toBe(2);
    const verdict = await admin.post('/v1/verify', { token: fresh }).expect(200);
    expect(verdict).toMatchObject({ valid: false });
  });
});

it('leaves what is no token of ours without a look-up unless it is switched on', async () => {
  const api = await startApi('sqlite');
  await api.stranger().post('/v1/verify', { token: plain }).expect(200);
  const { text } = await api.stranger().get('/metrics');
  expect(text).toMatch(/^latchkey_verification_lookups_total 0$/m);
  await api.stop();
});
