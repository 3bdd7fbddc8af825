import { join } from 'node:path';

import type { Page } from '@playwright/test';

import { expectAccessible } from '../src/accessible.ts';
import type { Account, Member } from '../src/account.ts';
import { withDatabase } from '../src/database.ts';
import { temporaryFolder } from '../src/folders.ts';
import { owner, startLatchkey } from '../src/latchkey.ts';
import { startMailServer } from '../src/mail-server.ts';
import type { MailServer } from '../src/mail-server.ts';
import { keepScreenshots } from '../src/screenshots.ts';
import { sessionOf } from '../src/session.ts';
import { expect, test as base } from '../src/test.ts';

/** The tests' own Latchkey, which sends mail to a server on this machine. */
const test = base.extend<object, { mail: MailServer }>({
  mail: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern what a fixture needs
    async ({}, provide) => {
      await using mail = await startMailServer();
      await provide(mail);
    },
    { scope: 'worker' },
  ],
  latchkey: [
    async ({ mail }, provide) => {
      await using folder = await temporaryFolder();
      await using latchkey = await startLatchkey(folder.path, { ...owner, SMTP_URL: mail.url });
      await provide({ ...latchkey, database: join(folder.path, 'data/latchkey.db') });
    },
    { scope: 'worker' },
  ],
});

// What a person sees on the way is looked at in four ways.
test.describe.configure({ timeout: 400_000 });

const signInTitle = 'Sign in to Latchkey';
const newPassword = 'an entirely different password';

/** The links that were mailed to somebody, the oldest first. @param path what they begin with, below the address of Latchkey */
async function linksTo(mail: MailServer, email: string, path: string, count = 1) {
  const find = () =>
    mail.mails
      .filter(({ to }) => to.includes(email))
      .flatMap(({ text }) => new RegExp(`http://\\S+/${path}/\\w+`).exec(text)?.[0] ?? []);
  await expect.poll(find, { timeout: 60_000 }).toHaveLength(count);
  return find();
}

/** The newest of the links by which somebody chooses a new password. @param count how many they were sent by now */
async function resetLink(mail: MailServer, email: string, count = 1): Promise<string> {
  const links = await linksTo(mail, email, 'password-resets', count);
  const newest = links.at(-1);
  if (newest === undefined) throw new Error(`${email} was sent no link.`);
  return newest;
}

/** Invites a person by mail and joins as them. */
async function joinByMail(account: Account, mail: MailServer, name: string): Promise<Member> {
  const email = `${name.toLowerCase()}@${account.slug}.example`;
  const viewer = await account.predefinedRole('Viewer');
  const body = { email, roleIds: [viewer.id] };
  await account.owner.ask('POST', `/v1/accounts/${account.slug}/members`, body);
  const [link = ''] = await linksTo(mail, email, 'invitations');
  const password = 'a password of their own';
  const { origin, pathname } = new URL(link);
  const answer = await fetch(`${origin}/v1${pathname}/accept`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, password }),
  });
  expect(answer.status).toBe(200);
  return { name, email, password, session: sessionOf(origin, answer) };
}

async function askByKeys(page: Page, email: string): Promise<void> {
  await page.goto('/sign-in');
  const forgotten = page.getByRole('link', { name: 'Forgot your password?' });
  await expect(forgotten).toBeVisible();
  await forgotten.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Forgot your password?' })).toBeVisible();
  await page.getByLabel('E-mail').focus();
  await page.keyboard.type(email);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status')).toContainText(
    `If somebody is registered with ${email}, a message is on its way.`,
  );
}

test('who forgot their password gets in again by a mail, without a mouse', async ({
  account,
  latchkey,
  mail,
  openPage,
}) => {
  const vera = await joinByMail(account, mail, 'Vera');
  const signedIn = await openPage(vera.session);
  await signedIn.goto(`${account.path}/keys`);
  await expect(signedIn.getByRole('heading', { name: 'API keys', exact: true })).toBeVisible();

  const page = await openPage(null);
  await askByKeys(page, vera.email);
  await expect(page.getByRole('link', { name: 'Back to sign-in' })).toBeFocused();
  await keepScreenshots(page, 'forgotten-password-sent');
  await expectAccessible(page, 'a link that is on its way');

  const link = await resetLink(mail, vera.email);
  expect(new URL(link).origin).toBe(latchkey.url);
  expect(new URL(link).search).toBe('');
  // To open it uses nothing up.
  await page.goto(link);
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Choose a new password' })).toBeVisible();
  await expect(page.getByText(vera.email)).toBeVisible();
  const field = page.getByLabel('New password');
  await field.focus();
  await page.keyboard.type('short');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Use at least 8 characters.')).toBeVisible();
  await expect(field).toBeFocused();
  await keepScreenshots(page, 'password-reset');
  await expectAccessible(page, 'a new password, with what is wrong');
  await field.fill(newPassword);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Your password is changed' })).toBeVisible();
  const toSignIn = page.getByRole('link', { name: 'Sign in', exact: true });
  await expect(toSignIn).toBeFocused();
  await keepScreenshots(page, 'password-reset-done');
  await expectAccessible(page, 'a password that is changed');

  // Nobody is signed in by it, and whoever was is so no more.
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: signInTitle })).toBeVisible();
  await page.getByLabel('E-mail').fill(vera.email);
  await page.getByLabel('Password').fill(vera.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText(
    'The e-mail address or the password is wrong',
  );
  await page.getByLabel('Password').fill(newPassword);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'API keys', exact: true })).toBeVisible();
  await signedIn.reload();
  await expect(signedIn.getByRole('heading', { name: signInTitle })).toBeVisible();

  const events = await openPage(account.owner);
  await events.goto(`${account.path}/audit?action=sign-in.password-reset`);
  await expect(events.getByRole('main').getByText('Password chosen by link').last()).toBeVisible();
});

test('a link that was used, has expired or is older than another leads to a new one', async ({
  account,
  latchkey,
  mail,
  openPage,
}) => {
  const rui = await joinByMail(account, mail, 'Rui');
  const page = await openPage(null);
  await askByKeys(page, rui.email);
  const older = await resetLink(mail, rui.email);
  const other = await openPage(null);
  await askByKeys(other, rui.email);
  const newer = await resetLink(mail, rui.email, 2);

  await page.goto(older);
  await expect(
    page.getByRole('heading', { name: 'This link is no longer available' }),
  ).toBeVisible();
  await keepScreenshots(page, 'password-reset-gone');
  await expectAccessible(page, 'a reset link that is gone');

  // Both have it open, and one is first.
  for (const one of [page, other]) {
    await one.goto(newer);
    await one.getByLabel('New password').fill(newPassword);
  }
  await other.getByRole('button', { name: 'Change password' }).click();
  await expect(other.getByRole('heading', { name: 'Your password is changed' })).toBeVisible();
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(
    page.getByRole('heading', { name: 'This link is no longer available' }),
  ).toBeVisible();
  await page.getByRole('link', { name: 'Ask for a new link' }).click();
  await expect(page.getByRole('heading', { name: 'Forgot your password?' })).toBeVisible();

  await askByKeys(page, rui.email);
  const late = await resetLink(mail, rui.email, 3);
  withDatabase(latchkey.database, (database) => {
    database.exec('update person_password_reset set expires_at = 0');
  });
  await page.goto(late);
  await expect(
    page.getByRole('heading', { name: 'This link is no longer available' }),
  ).toBeVisible();
});

test('whoever asks is told the same, and how often is limited', async ({ mail, openPage }) => {
  const page = await openPage(null);
  await page.goto('/sign-in');
  await expect(page.getByRole('link', { name: 'Forgot your password?' })).toBeVisible();
  await keepScreenshots(page, 'sign-in-with-mail');
  await expectAccessible(page, 'the sign-in page, with mail');
  await page.goto('/forgotten-password');
  await page.getByRole('button', { name: 'Send link' }).click();
  await expect(page.getByText('Enter your e-mail address.')).toBeVisible();
  await page.getByLabel('E-mail').fill('nobody');
  await page.getByRole('button', { name: 'Send link' }).click();
  await expect(page.getByText('This is not an e-mail address.')).toBeVisible();
  await keepScreenshots(page, 'forgotten-password');
  await expectAccessible(page, 'the page for who forgot their password, with what is wrong');
  for (let asked = 1; asked <= 5; asked += 1) await askByKeys(page, 'nobody@acme.example');
  await page.goto('/forgotten-password');
  await page.getByLabel('E-mail').fill('nobody@acme.example');
  await page.getByRole('button', { name: 'Send link' }).click();
  await expect(page.getByRole('alert')).toContainText('asked for too often');
  expect(mail.mails.filter(({ to }) => to.includes('nobody@acme.example'))).toEqual([]);
});

test('every language is spoken, on the pages and in the mail', async ({
  account,
  mail,
  openPage,
}) => {
  const bia = await joinByMail(account, mail, 'Bia');
  const spoken = [
    {
      locale: 'pt-BR',
      title: 'Esqueceu a senha?',
      email: 'E-mail',
      send: 'Enviar link',
      choose: 'Escolha uma nova senha',
      mailed: 'Subject: Escolha uma nova senha',
    },
    {
      locale: 'es-ES',
      title: '¿Olvidaste tu contraseña?',
      email: 'Correo electrónico',
      send: 'Enviar enlace',
      choose: 'Elige una contraseña nueva',
      mailed: 'Abra este enlace',
    },
  ];
  let count = 0;
  for (const { choose, email, locale, mailed, send, title } of spoken) {
    const page = await openPage(null, { locale });
    await page.goto('/sign-in');
    await page.getByRole('link', { name: title }).click();
    await expect(page.getByRole('heading', { name: title })).toBeVisible();
    await page.getByLabel(email).fill(bia.email);
    await keepScreenshots(page, `forgotten-password-${locale}`);
    await page.getByRole('button', { name: send }).click();
    await expect(page.getByRole('status')).toContainText(bia.email);
    await keepScreenshots(page, `forgotten-password-sent-${locale}`);
    count += 1;
    await page.goto(await resetLink(mail, bia.email, count));
    await expect(page.getByRole('heading', { name: choose })).toBeVisible();
    await keepScreenshots(page, `password-reset-${locale}`);
    // Others may be mailed something meanwhile.
    const newest = mail.mails.findLast(({ to }) => to.includes(bia.email));
    expect(newest?.text).toContain(mailed);
  }
});

base('where no mail is set up, the sign-in page says whom to ask', async ({ openPage }) => {
  const page = await openPage(null);
  await page.goto('/sign-in');
  await expect(page.getByText('Ask whoever looks after Latchkey for a link')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Forgot your password?' })).toBeHidden();
  await keepScreenshots(page, 'sign-in-without-mail');
  await expectAccessible(page, 'the sign-in page, without mail');
  await page.goto('/forgotten-password');
  await expect(page.getByText('Ask whoever looks after Latchkey for a link')).toBeVisible();
  await expectAccessible(page, 'the page for who forgot their password, without mail');
});
