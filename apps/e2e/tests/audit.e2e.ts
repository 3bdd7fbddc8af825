import type { DatabaseSync } from 'node:sqlite';

import { redeem } from '../src/account.ts';
import { withDatabase } from '../src/database.ts';
import { rowOf } from '../src/screen.ts';
import { expect, test } from '../src/test.ts';

function dropTriggersOf(database: DatabaseSync, table: string): DatabaseSync {
  const triggers = database
    .prepare(`select name from sqlite_schema where type = 'trigger' and tbl_name = ?`)
    .all(table);
  for (const { name } of triggers) database.exec(`drop trigger ${String(name)}`);
  return database;
}

test('tells who did what, filtered by the address', async ({ account, page }) => {
  const { key, link } = await account.key('Warehouse');
  await redeem(link.url);
  await account.member('Vera Viewer', []);
  await page.goto(`${account.path}/audit`);
  await expect(rowOf(page, 'Key generated')).toContainText(key.key);
  await expect(rowOf(page, 'Key generated')).toContainText('owner');
  await expect(rowOf(page, 'Link opened')).toBeVisible();
  await expect(rowOf(page, 'Member joined')).toContainText('vera.viewer@');

  await page.getByRole('combobox', { name: 'Event' }).click();
  await page.getByRole('option', { name: 'Link opened' }).click();
  await expect(page).toHaveURL(/action=link\.redeemed/);
  await expect(rowOf(page, 'Key generated')).toBeHidden();
  await expect(rowOf(page, 'Link opened')).toBeVisible();
  await page.getByRole('button', { name: 'Clear filters' }).click();

  await page.getByRole('searchbox', { name: 'Search by person or key' }).fill('vera');
  await expect(page).toHaveURL(/actor=vera/);
  await expect(rowOf(page, 'Key generated')).toBeHidden();
  await expect(rowOf(page, 'Member joined')).toBeVisible();

  await page.goto(`${account.path}/audit?actor=nobody`);
  await expect(page.getByRole('heading', { name: 'No event matches' })).toBeVisible();

  await page.goto(`${account.path}/audit?keyId=${key.id}`);
  await expect(page.getByText(`Only ${key.key}`)).toBeVisible();
  await expect(rowOf(page, 'Member joined')).toBeHidden();
  await rowOf(page, 'Key generated').getByRole('link', { name: key.key }).click();
  await expect(page.getByRole('heading', { name: 'Warehouse' })).toBeVisible();
});

test('what was changed is told in words, not by the names that are stored', async ({
  account,
  openPage,
  owner,
}) => {
  const base = `/v1/accounts/${account.slug}`;
  await account.owner.ask('PUT', `${base}/settings`, { renewalPeriodMonths: 6 });
  await account.owner.ask('POST', `${base}/webhooks`, {
    url: 'https://hooks.example.com/',
    types: ['key.deleted', 'key.expired'],
  });
  const page = await openPage(owner, { locale: 'pt-BR' });
  await page.goto(`${account.path}/profile`);
  await page.getByRole('checkbox', { name: 'Alertas, uma vez por dia' }).uncheck();
  await page
    .locator('section')
    .filter({ hasText: 'Idioma dos e-mails' })
    .getByRole('button', { name: 'Salvar' })
    .click();
  await expect(page.getByText('Sua preferência de e-mail foi salva').first()).toBeVisible();

  await page.goto(`${account.path}/audit`);
  await expect(rowOf(page, 'Configurações alteradas')).toContainText('De: 3 meses');
  await expect(rowOf(page, 'Configurações alteradas')).toContainText('Para: 6 meses');
  await expect(rowOf(page, 'Webhook criado')).toContainText(
    'Eventos: Chave excluída, Chave expirada',
  );
  await expect(rowOf(page, 'Preferência de e-mail alterada')).toContainText('Alertas: não');
  await expect(rowOf(page, 'Preferência de e-mail alterada')).toContainText('Idioma: English');
});

test('a used link that is tried again stands out', async ({ account, page }) => {
  const { link } = await account.key('Warehouse');
  await redeem(link.url);
  const { origin, pathname } = new URL(link.url);
  expect((await fetch(`${origin}/v1${pathname}/redeem`, { method: 'POST' })).status).toBe(410);
  await page.goto(`${account.path}/audit`);
  await expect(rowOf(page, 'Used link tried again')).toBeVisible();
});

test('the check of the log finds an event that was edited behind its back', async ({
  account,
  latchkey,
  page,
}) => {
  const { key } = await account.key('Warehouse');
  await page.goto(`${account.path}/audit`);
  await page.getByRole('button', { name: 'Check the log' }).click();
  await expect(page.getByText('The log is whole')).toBeVisible();

  const changed = withDatabase(latchkey.database, (database) =>
    // Whoever can write to the file can also take away what keeps the log append-only.
    dropTriggersOf(database, 'audit_event')
      .prepare(`update audit_event set actor_name = 'somebody else' where key_id = ?`)
      .run(key.id),
  );
  expect(changed.changes).toBe(1);
  await page.getByRole('button', { name: 'Check the log' }).click();
  await expect(page.getByText('The log was tampered with')).toBeVisible();
  await expect(page.getByText(/^Event \d was edited\./)).toBeVisible();
});
