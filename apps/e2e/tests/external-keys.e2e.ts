import { makeAccount, verify } from '../src/account.ts';
import { choose, rowOf, toastOf } from '../src/screen.ts';
import { expect, test } from '../src/test.ts';

test('a key of another account is given roles, is given others, and loses them', async ({
  account,
  latchkey,
  nextSlug,
  owner,
  page,
}) => {
  const partner = await makeAccount(latchkey, owner, nextSlug(), 'Partner');
  const { key, credential } = await partner.deliveredKey('Their shop');
  await account.role('Order reader', ['orders.read']);
  await account.role('Order writer', ['orders.write']);
  const asks = (permission: string) =>
    verify(latchkey, credential, { account: account.slug, permission });
  expect(await asks('orders.read')).toBe('INVALID_CREDENTIALS');

  await page.goto(`${account.path}/keys`);
  await page.getByRole('tab', { name: 'External' }).click();
  await expect(page.getByText('No external keys')).toBeVisible();
  await page.getByRole('button', { name: 'Add external key' }).first().click();
  const form = page.getByRole('dialog', { name: 'Add external key' });
  await form.getByRole('button', { name: 'Add key' }).click();
  await expect(form.getByText('Enter the identifier of the key.')).toBeVisible();
  await form.getByLabel('Key identifier').fill(`lk-${partner.slug}-00000000`);
  await form.getByRole('button', { name: 'Add key' }).click();
  await expect(form.getByRole('alert'), 'the form stays as it is').toBeVisible();
  await form.getByLabel('Key identifier').fill(key.key);
  await form.getByRole('checkbox', { name: 'Order reader' }).check();
  await form.getByRole('button', { name: 'Add key' }).click();
  await expect(form).toBeHidden();

  const row = rowOf(page, key.key);
  await expect(row).toContainText(partner.slug);
  await expect(row).toContainText('Order reader');
  await expect(row).toContainText('Active');
  expect(await asks('orders.read')).toBe('VALID');

  await choose(page, key.key, 'Edit roles');
  const edit = page.getByRole('dialog', { name: `Roles of ${key.key}` });
  await edit.getByRole('checkbox', { name: 'Order reader' }).uncheck();
  await edit.getByRole('checkbox', { name: 'Order writer' }).check();
  await edit.getByRole('button', { name: 'Save' }).click();
  await expect(row).toContainText('Order writer');
  expect(await asks('orders.write')).toBe('VALID');
  expect(await asks('orders.read')).toBe('INSUFFICIENT_PERMISSIONS');

  await choose(page, key.key, 'Remove');
  const question = page.getByRole('alertdialog', { name: `Remove ${key.key}?` });
  await expect(question).toContainText('The key itself stays with its owner.');
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await question.getByRole('button', { name: 'Remove' }).click();
  await expect(toastOf(page, 'The external key was removed')).toBeVisible();
  await expect(page.getByText('No external keys')).toBeVisible();
  expect(await asks('orders.write')).toBe('INVALID_CREDENTIALS');
  expect(await verify(latchkey, credential)).toBe('VALID');
});

test('what its owner does with it shows here', async ({
  account,
  latchkey,
  nextSlug,
  owner,
  page,
}) => {
  const partner = await makeAccount(latchkey, owner, nextSlug(), 'Partner');
  const { key } = await partner.deliveredKey('Their shop');
  const reader = await account.role('Order reader', ['orders.read']);
  await owner.ask('POST', `/v1/accounts/${account.slug}/external-keys`, {
    key: key.key,
    roleIds: [reader.id],
  });
  const theirs = `/v1/accounts/${partner.slug}/keys/${key.id}`;
  await owner.ask('POST', `${theirs}/deactivate`);
  await page.goto(`${account.path}/keys/external`);
  await expect(rowOf(page, key.key)).toContainText('Inactive');
  await owner.ask('DELETE', theirs);
  await page.reload();
  await expect(rowOf(page, key.key)).toContainText('Deleted');
});
