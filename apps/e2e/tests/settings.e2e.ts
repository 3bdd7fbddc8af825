import { age } from '../src/database.ts';
import { rowOf, toastOf } from '../src/screen.ts';
import { expect, test } from '../src/test.ts';

test('the renewal period moves the alerts of all keys, old and new', async ({
  account,
  latchkey,
  page,
}) => {
  const { key: due } = await account.key('Four months old');
  const { key: overdue } = await account.key('Eight months old');
  age(latchkey.database, due, 123);
  age(latchkey.database, overdue, 245);
  await page.goto(`${account.path}/keys`);
  const alertOf = (name: string) => rowOf(page, name).getByRole('button', { name: /^Renewal/ });
  await expect(alertOf('Four months old')).toHaveAccessibleName('Renewal due');
  await expect(alertOf('Eight months old')).toHaveAccessibleName('Renewal overdue');

  await page.getByRole('tab', { name: 'Settings' }).click();
  await expect(page.getByRole('radio', { name: '3 months recommended' })).toBeChecked();
  await expect(page.getByText('Nothing is ever disabled by it.')).toBeVisible();
  const save = page.getByRole('button', { name: 'Save' });
  await expect(save).toBeDisabled();
  await page.getByRole('radio', { name: '6 months' }).check();
  await save.click();
  await expect(toastOf(page, 'Settings saved')).toBeVisible();
  await expect(save).toBeDisabled();

  await page.getByRole('tab', { name: 'Generated' }).click();
  await expect(alertOf('Eight months old')).toHaveAccessibleName('Renewal due');
  await expect(alertOf('Four months old')).toBeHidden();
  await page.reload();
  await page.getByRole('tab', { name: 'Settings' }).click();
  await expect(page.getByRole('radio', { name: '6 months' })).toBeChecked();
});
