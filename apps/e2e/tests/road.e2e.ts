import { expect, test } from '@playwright/test';
import type { BrowserContext, Page } from '@playwright/test';

import { temporaryFolder } from '../src/folders.ts';
import { setUpUrl, startLatchkey } from '../src/latchkey.ts';
import type { Latchkey } from '../src/latchkey.ts';
import { startNginx } from '../src/nginx.ts';
import type { Nginx } from '../src/nginx.ts';
import { copyBy } from '../src/screen.ts';
import { keepScreenshots } from '../src/screenshots.ts';
import { startUpstream } from '../src/upstream.ts';
import type { Upstream } from '../src/upstream.ts';

const name = 'Ünïcode loja – 店舗 🛒';

test.describe.serial('the whole road, on an empty database', () => {
  const resources = new AsyncDisposableStack();
  const complaints: string[] = [];
  let latchkey: Latchkey;
  let upstream: Upstream;
  let nginx: Nginx;
  let admin: Page;
  let link: string;
  let key: string;
  let token: string;

  test.beforeAll(async ({ browser }) => {
    const folder = resources.use(await temporaryFolder());
    latchkey = resources.use(await startLatchkey(folder.path));
    upstream = resources.use(await startUpstream());
    nginx = resources.use(
      await startNginx(`${folder.path}/nginx`, {
        latchkey: latchkey.port,
        upstream: upstream.port,
      }),
    );
    admin = await newPage(await browser.newContext());
  });

  test.afterAll(() => resources.disposeAsync());

  /** A page that remembers what the browser complains about. */
  async function newPage(context: BrowserContext): Promise<Page> {
    resources.defer(() => context.close());
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (/content security policy/i.test(message.text())) complaints.push(message.text());
    });
    return page;
  }

  function verify(body: Readonly<Record<string, string>>): Promise<unknown> {
    return fetch(`${latchkey.url}/v1/verify`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }).then((answer) => answer.json());
  }

  function callOrders(
    headers: Readonly<Record<string, string>>,
    method = 'GET',
  ): Promise<Response> {
    return fetch(`${nginx.url}/orders/1`, { method, headers });
  }

  const credential = () => ({ 'X-API-Key': key, 'X-API-Token': token });

  test('the set-up URL of the console makes the account and its owner, and signs in', async () => {
    await admin.goto(await setUpUrl(latchkey));
    await keepScreenshots(admin, '1-set-up');
    await admin.getByLabel('Account name').fill('Acme');
    await admin.getByLabel('Account slug').fill('acme');
    await admin.getByLabel('Your name').fill('Olga Owner');
    await admin.getByLabel('E-mail').fill('olga@example.com');
    await admin.getByLabel('Password').fill('correct horse battery staple');
    await admin.getByRole('button', { name: 'Create account' }).click();

    await expect(admin.getByRole('heading', { name: 'API keys', exact: true })).toBeVisible();
    await expect(admin.getByText('No API keys yet')).toBeVisible();
    await keepScreenshots(admin, '2-no-keys');
  });

  test('the set-up URL works once', async ({ browser }) => {
    const stranger = await newPage(await browser.newContext());
    await stranger.goto(await setUpUrl(latchkey));
    await expect(stranger.getByRole('button', { name: 'Create account' })).toBeHidden();
  });

  test('generating a key asks for a name, preselects no role and gives a link to copy', async () => {
    const made = await admin.request.post(`${latchkey.url}/v1/accounts/acme/roles`, {
      data: { name: 'Order reader', description: 'Reads orders.', permissions: ['orders.read'] },
    });
    expect(made.status()).toBe(201);
    await admin.reload();

    await admin.getByRole('button', { name: 'Generate key' }).first().click();
    const form = admin.getByRole('dialog', { name: 'Generate API key' });
    await expect(form.getByText('orders.read')).toBeVisible();
    for (const role of await form.getByRole('checkbox').all()) await expect(role).not.toBeChecked();
    await form.getByRole('button', { name: 'Generate', exact: true }).click();
    await expect(form.getByText('Enter a name.')).toBeVisible();

    await form.getByLabel('Key identification').fill(`  ${name} `);
    await form.getByRole('checkbox', { name: 'Order reader' }).check();
    await keepScreenshots(admin, '3-generate');
    await form.getByRole('button', { name: 'Generate', exact: true }).click();

    const done = admin.getByRole('dialog', { name: 'API key generated' });
    link = await copyBy(done, 'Copy link');
    expect(link).toMatch(new RegExp(`^${latchkey.url}/credentials/[A-Za-z0-9_-]+$`));
    await keepScreenshots(admin, '4-link');
    await done.getByRole('button', { name: 'Close', exact: true }).last().click();
    await expect(done).toBeHidden();
  });

  test('the key stands in the table with its roles, its date and its status', async () => {
    const row = admin.getByRole('row').filter({ hasText: name });
    await expect(row).toContainText('Order reader');
    await expect(row).toContainText('Active');
    await expect(row).toContainText(/lk-acme-[0-9A-HJKMNP-TV-Z]{8}/);
    await keepScreenshots(admin, '5-keys');
  });

  test('opening the link consumes nothing and says whose credential it is', async ({ browser }) => {
    for (let opened = 0; opened < 3; opened += 1) {
      expect((await fetch(link)).status).toBe(200);
    }
    const reader = await newPage(await browser.newContext());
    await reader.goto(link);
    await expect(reader.getByText(name)).toBeVisible();
    await expect(reader.getByText(new URL(link).host)).toBeVisible();
    await keepScreenshots(reader, '6-reveal');

    await reader.getByRole('button', { name: 'Reveal token' }).click();
    const main = reader.getByRole('main');
    token = await copyBy(main, 'Copy token');
    expect(token).toMatch(/^lk_[0-9A-Za-z]{49}$/);
    key = await copyBy(main, 'Copy key');
    await keepScreenshots(reader, '7-revealed');
  });

  test('opening it again says that it is no longer available', async ({ browser }) => {
    const latecomer = await newPage(await browser.newContext());
    const answer = await latecomer.goto(link);
    expect(answer?.status()).toBe(410);
    await expect(latecomer.getByText('This link is no longer available')).toBeVisible();
    await keepScreenshots(latecomer, '8-gone');
  });

  test('verification tells the roles and permissions', async () => {
    expect(await verify({ key, token })).toEqual({
      valid: true,
      code: 'VALID',
      account: 'acme',
      key: { id: expect.any(String) as unknown, key, name, account: 'acme' },
      roles: ['Order reader'],
      permissions: ['orders.read'],
    });
    expect(await verify({ token, permission: 'orders.write' })).toEqual({
      valid: false,
      code: 'INSUFFICIENT_PERMISSIONS',
    });
    expect(await verify({ key, token: `${token.slice(0, -1)}!` })).toEqual({
      valid: false,
      code: 'INVALID_CREDENTIALS',
    });
  });

  test('nginx passes the credential on as an identity, and nothing without it', async () => {
    const passed = await callOrders(credential());
    expect([passed.status, await passed.text()]).toEqual([200, 'one order']);
    const [headers] = upstream.requests;
    expect(headers).toMatchObject({
      'x-auth-key': key,
      'x-auth-account': 'acme',
      'x-auth-permissions': 'orders.read',
    });
    expect(decodeURIComponent(String(headers?.['x-auth-key-name']))).toBe(name);
    expect(decodeURIComponent(String(headers?.['x-auth-roles']))).toBe('Order reader');
    expect(JSON.stringify(headers), 'the token ends at nginx').not.toContain(token);

    const anonymous = await callOrders({});
    expect(anonymous.status).toBe(401);
    expect(anonymous.headers.get('www-authenticate')).toBeTruthy();
    expect((await callOrders({ ...credential(), 'X-API-Token': 'wrong' })).status).toBe(401);
    expect((await callOrders(credential(), 'POST')).status).toBe(403);
    expect(upstream.requests).toHaveLength(1);
  });

  test('nginx takes the credential as Bearer and as Basic too', async () => {
    expect((await callOrders({ Authorization: `Bearer ${token}` })).status).toBe(200);
    const basic = Buffer.from(`${key}:${token}`).toString('base64');
    expect((await callOrders({ Authorization: `Basic ${basic}` })).status).toBe(200);
  });

  test('deactivating asks a second time and refuses the key at once', async () => {
    await choose('Deactivate');
    const dialog = admin.getByRole('alertdialog', { name: `Deactivate ${name}?` });
    await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
    await keepScreenshots(admin, '9-deactivate');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    expect(await verify({ key, token })).toMatchObject({ code: 'VALID' });

    await choose('Deactivate');
    await dialog.getByRole('button', { name: 'Deactivate' }).click();
    await expect(admin.getByRole('row').filter({ hasText: name })).toContainText('Inactive');
    expect(await verify({ key, token })).toEqual({ valid: false, code: 'INACTIVE' });
    expect((await callOrders(credential())).status).toBe(401);
  });

  test('activating lets it in again', async () => {
    await choose('Activate');
    const dialog = admin.getByRole('alertdialog', { name: `Activate ${name}?` });
    await expect(dialog).toContainText('Anyone who has its token will have access again.');
    await dialog.getByRole('button', { name: 'Activate' }).click();
    await expect(admin.getByRole('row').filter({ hasText: name })).toContainText('Active');
    expect(await verify({ key, token })).toMatchObject({ valid: true });
    expect((await callOrders(credential())).status).toBe(200);
  });

  test('who signs out is asked to sign in again', async () => {
    await admin.context().clearCookies();
    await admin.goto(latchkey.url);
    await keepScreenshots(admin, '10-sign-in');
    await admin.getByLabel('E-mail').fill('olga@example.com');
    await admin.getByLabel('Password').fill('correct horse battery staple');
    await admin.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(admin.getByRole('row').filter({ hasText: name })).toBeVisible();
  });

  test('no secret was written to the console, and the browser had nothing to complain about', () => {
    expect(latchkey.process.output).not.toContain(token);
    expect(latchkey.process.output).not.toContain(link.split('/').at(-1));
    expect(complaints).toEqual([]);
  });

  async function choose(action: string): Promise<void> {
    await admin.getByRole('button', { name: `Actions for ${name}` }).click();
    await admin.getByRole('menuitem', { name: action }).click();
  }
});
