import { expect, test } from '../src/test.ts';

test('the language of the browser is picked first, and English where it is none of ours', async ({
  openPage,
}) => {
  for (const [locale, title] of [
    ['pt-BR', 'Entrar no Latchkey'],
    ['es-AR', 'Iniciar sesión en Latchkey'],
    ['fr-FR', 'Sign in to Latchkey'],
  ] as const) {
    const page = await openPage(null, { locale });
    await page.goto('/');
    await expect(page.getByRole('heading', { name: title })).toBeVisible();
  }
});

test('a language that was chosen is used at once, everywhere, and kept', async ({
  account,
  page,
}) => {
  const { key } = await account.key('Warehouse');
  await page.goto(`${account.path}/keys`);
  await page.getByRole('button', { name: 'Language: English' }).click();
  await page.getByRole('menuitem', { name: 'Español' }).click();
  await expect(page.getByRole('heading', { name: 'Claves de API' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'es');
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Claves de API' })).toBeVisible();
  await page.goto(`${account.path}/keys/${key.id}`);
  const today = new Intl.DateTimeFormat('es', { month: 'short', timeZone: 'Europe/Lisbon' });
  await expect(page.locator('time').first()).toContainText(today.format());

  await page.goto(`${account.path}/keys`);
  await page.getByRole('button', { name: 'Idioma: Español' }).click();
  await page.getByRole('menuitem', { name: 'Português' }).click();
  await expect(page.getByRole('heading', { name: 'Chaves de API' })).toBeVisible();
});

test('a theme that was chosen is used at once, behind everything too, and kept', async ({
  account,
  page,
}) => {
  /** How light the page is behind everything: 0 is black. */
  const lightness = async () =>
    page.evaluate(() => {
      const [red = 0, green = 0, blue = 0] =
        getComputedStyle(document.documentElement).backgroundColor.match(/\d+/g)?.map(Number) ?? [];
      return (red + green + blue) / (3 * 255);
    });
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(`${account.path}/keys`);
  await page.getByRole('button', { name: 'Appearance: Same as the system' }).click();
  await page.getByRole('menuitem', { name: 'Dark' }).click();
  await expect.poll(lightness).toBeLessThan(0.2);
  await page.reload();
  await expect(page.getByRole('button', { name: 'Appearance: Dark' })).toBeVisible();
  expect(await lightness()).toBeLessThan(0.2);

  await page.emulateMedia({ colorScheme: 'dark' });
  await page.getByRole('button', { name: 'Appearance: Dark' }).click();
  await page.getByRole('menuitem', { name: 'Light' }).click();
  await expect.poll(lightness).toBeGreaterThan(0.8);
  await page.getByRole('button', { name: 'Appearance: Light' }).click();
  await page.getByRole('menuitem', { name: 'Same as the system' }).click();
  await expect.poll(lightness).toBeLessThan(0.2);
  await page.emulateMedia({ colorScheme: 'light' });
  await expect.poll(lightness).toBeGreaterThan(0.8);
});

test('with reduced motion a change of theme shows no colours in between', async ({
  account,
  page,
}) => {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await page.goto(`${account.path}/keys`);
  await expect(page.getByRole('heading', { name: 'API keys' })).toBeVisible();
  const changed = await page.evaluateHandle(() => {
    const names: string[] = [];
    document.addEventListener('transitionrun', ({ propertyName }) => names.push(propertyName));
    return names;
  });
  const background = page.locator('html');
  const light = await background.evaluate((html) => getComputedStyle(html).backgroundColor);
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await expect(background).not.toHaveCSS('background-color', light);
  // A transition says that it runs in the frame after.
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
  expect(await changed.jsonValue()).toEqual([]);
});
