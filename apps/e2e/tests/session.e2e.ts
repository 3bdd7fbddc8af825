import { makeAccount } from '../src/account.ts';
import { ownerCredentials, signIn } from '../src/session.ts';
import { expect, test } from '../src/test.ts';

test('who signs out by the button is out, in this browser and at the server', async ({
  account,
  latchkey,
  openPage,
}) => {
  const session = await signIn(latchkey);
  const page = await openPage(session);
  await page.goto(`${account.path}/keys`);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in to Latchkey' })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'Sign in to Latchkey' })).toBeVisible();
  const answer = await session.send('GET', '/v1/accounts');
  expect(answer.status).toBe(401);
});

test('signing in leads back to the page that was asked for', async ({ account, openPage }) => {
  const page = await openPage(null);
  await page.goto(`${account.path}/roles?x=1`);
  await expect(page.getByRole('heading', { name: 'Sign in to Latchkey' })).toBeVisible();
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByText('Enter your e-mail address.')).toBeVisible();
  await page.getByLabel('E-mail').fill(ownerCredentials.email);
  await page.getByLabel('Password').fill('not the password');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await page.getByLabel('Password').fill(ownerCredentials.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Roles' })).toBeVisible();
  await expect(page).toHaveURL(({ pathname }) => pathname === `${account.path}/roles`);
});

test('an address cannot send who signs in elsewhere', async ({ latchkey, openPage }) => {
  const page = await openPage(null);
  await page.goto(`/sign-in?return=${encodeURIComponent('https://evil.example/a')}`);
  await page.getByLabel('E-mail').fill(ownerCredentials.email);
  await page.getByLabel('Password').fill(ownerCredentials.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'API keys', exact: true })).toBeVisible();
  expect(new URL(page.url()).origin).toBe(latchkey.url);
});

test('one goes between accounts, and makes another', async ({ account, nextSlug, page }) => {
  await page.goto(`${account.path}/keys`);
  await page.getByRole('button', { name: 'Account: Acme' }).click();
  await page.getByRole('menuitem', { name: 'New account…' }).click();
  const form = page.getByRole('dialog', { name: 'New account' });
  await form.getByLabel('Account name').fill('Loja da Ana');
  await form.getByLabel('Account slug').fill(account.slug);
  await form.getByRole('button', { name: 'Create' }).click();
  await expect(form, 'the slug is taken').toContainText(/Another account has this slug/);
  const slug = nextSlug();
  await form.getByLabel('Account slug').fill(slug);
  await form.getByRole('button', { name: 'Create' }).click();
  await expect(page.getByRole('button', { name: 'Account: Loja da Ana' })).toBeVisible();
  await expect(page).toHaveURL(`/a/${slug}/keys`);
});

test('another account’s pages and keys are nothing to a stranger', async ({
  account,
  latchkey,
  nextSlug,
  openPage,
  owner,
}) => {
  const other = await makeAccount(latchkey, owner, nextSlug(), 'Other');
  const { key } = await other.key('Warehouse');
  const vera = await account.member('Vera Viewer', [await account.predefinedRole('Viewer')]);
  const page = await openPage(vera.session);
  await page.goto(`${other.path}/keys`);
  await expect(page.getByText('There is nothing here')).toBeVisible();
  await expect(page.getByRole('navigation')).toBeHidden();
  await page.goto(`${account.path}/keys/${key.id}`);
  await expect(page.getByText('This key does not exist')).toBeVisible();
});

test('a page that is not there leaves the way to those that are', async ({ account, page }) => {
  await page.goto(`${account.path}/nowhere`);
  await expect(page.getByRole('heading', { name: 'There is nothing here' })).toBeVisible();
  await page.getByRole('navigation').getByRole('link', { name: 'Roles' }).click();
  await expect(page.getByRole('heading', { name: 'Roles' })).toBeVisible();
});

test('a session that another tab renewed meanwhile goes on without asking', async ({
  account,
  latchkey,
  openPage,
  page,
}) => {
  const former = await signIn(latchkey);
  await former.send('DELETE', '/v1/session');
  await account.key('Warehouse');
  // Answered once as it would be with the former cookie, which the browser had when it asked.
  await page.route(
    /\/trpc\/keys\.list/,
    async (route) => {
      const { pathname, search } = new URL(route.request().url());
      const answer = await former.send('GET', `${pathname}${search}`);
      expect(answer.status).toBe(401);
      await route.fulfill({
        status: 401,
        contentType: 'application/json',
        body: await answer.text(),
      });
    },
    { times: 1 },
  );
  await page.goto(`${account.path}/keys`);
  await expect(page.getByRole('link', { name: 'Warehouse' })).toBeVisible();
  await expect(page.getByText('Your session has ended')).toBeHidden();

  const stranger = await openPage(former);
  await stranger.goto(`${account.path}/keys`);
  await expect(stranger.getByRole('heading', { name: 'Sign in to Latchkey' })).toBeVisible();
});
