import readExcelFile from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines } from '../databases.ts';
import type { RestClient } from './rest-client.ts';
import { owner, startApi, type RunningApi } from './running-api.ts';
import {
  createRole,
  generateAndRedeem,
  redeem,
  type ApiKey,
  type ExternalKey,
  type IssuedKey,
} from './things.ts';

const path = '/v1/accounts/acme/keys/export.xlsx';
const day = 24 * 60 * 60 * 1000;

async function download(url: string, cookie: string) {
  const answer = await fetch(url + path, { headers: { cookie } });
  return { answer, bytes: Buffer.from(await answer.arrayBuffer()) };
}

describe.each(engines)('the spreadsheet, on %s', (engine) => {
  let api: RunningApi;
  let admin: RestClient;
  beforeAll(async () => {
    api = await startApi(engine);
    admin = await api.signIn(owner.email, owner.password);
  });
  afterAll(() => api.stop());

  it('has a sheet of generated and one of external keys, with exactly the columns of the rule', async () => {
    const reader = await createRole(admin, 'acme', ['orders.read'], 'Reader');
    const writer = await createRole(admin, 'acme', ['orders.write'], 'A writer');
    const formula = '=HYPERLINK("https://evil.example","Click")';
    const plain = await generateAndRedeem(admin, 'acme', [reader.id, writer.id], formula);
    const renewing = await generateAndRedeem(admin, 'acme', [], '@SUM(1+1) & <Ünï> “✓” 😀');
    api.clock.advance(day);
    const keyPath = `/v1/accounts/acme/keys/${renewing.key.id}`;
    const { link } = await admin.post(`${keyPath}/renewal`).expect<IssuedKey>(201);
    await redeem(api.url, link.url);
    await admin.post(`${keyPath}/deactivate`).expect(200);
    const renewed = await admin.get(keyPath).expect<ApiKey>(200);
    const [current, old] = renewed.tokens;

    await admin.post('/v1/accounts', { slug: 'partner', name: 'Partner' }).expect(201);
    const theirs = await generateAndRedeem(admin, 'partner', []);
    const external = await admin
      .post('/v1/accounts/acme/external-keys', { key: theirs.key.key, roleIds: [reader.id] })
      .expect<ExternalKey>(201);

    const { answer, bytes } = await download(api.url, admin.cookie);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe(
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    );
    expect(answer.headers.get('content-disposition')).toMatch(
      /^attachment; filename=keys-acme-\d{4}-\d\d-\d\d\.xlsx$/,
    );
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const text = (value: string | null | undefined) => value ?? null;
    expect(await readExcelFile(bytes)).toEqual([
      {
        sheet: 'Generated',
        data: [
          [
            'id',
            'keyName',
            'roles',
            'label',
            'creationDate',
            'creationDateToken',
            'creationDateNewToken',
            'status',
          ],
          [
            plain.key.id,
            plain.key.key,
            'A writer, Reader',
            formula,
            plain.key.createdAt,
            plain.key.createdAt,
            null,
            'active',
          ],
          [
            renewed.id,
            renewed.key,
            null,
            renewed.name,
            renewed.createdAt,
            text(old?.createdAt),
            text(current?.createdAt),
            'inactive',
          ],
        ],
      },
      {
        sheet: 'External',
        data: [
          ['id', 'keyName', 'roles', 'account', 'addedDate', 'status'],
          [external.id, theirs.key.key, 'Reader', 'partner', external.addedAt, 'active'],
        ],
      },
    ]);
  });

  it('tells the log who took it', async () => {
    const { items } = await admin
      .get('/v1/accounts/acme/audit-events?action=key.exported')
      .expect<{ items: unknown[] }>(200);
    expect(items).toMatchObject([{ actor: { name: owner.email }, subject: 'acme' }]);
  });

  it('answers HEAD without making it, and refuses what the path does not take', async () => {
    const head = await admin.send('HEAD', path);
    expect([head.status, head.text]).toEqual([200, '']);
    expect(head.headers.get('content-type')).toContain('spreadsheetml');
    await admin.send('POST', path, { body: {} }).refused(405, 'METHOD_NOT_ALLOWED');
    await admin.get(`${path}?format=csv`).refused(400, 'VALIDATION_FAILED');
  });
});
