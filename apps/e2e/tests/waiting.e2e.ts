import type { Page } from '@playwright/test';

import { expect, test } from '../src/test.ts';

/** The places of the navigation, each with the procedure that it waits for and with what is there then. */
const places = [
  ['Overview', 'keys.overview', 'Active'],
  ['API keys', 'keys.list', 'Warehouse'],
  ['Roles', 'roles.list', 'Viewer'],
  ['Members', 'members.list', 'owner@example.com'],
  ['Audit log', 'auditEvents.list', 'Key generated'],
] as const;

const skeletonOf = (page: Page) => page.getByRole('main').locator('[class*=skeleton]');

/** Catches what is asked of a procedure, and answers at a word. */
async function catchCall(page: Page, procedure: string) {
  const held = Promise.withResolvers<void>();
  await page.route(new RegExp(`/trpc/${procedure}(\\?|$)`), async (route) => {
    await held.promise;
    await route.continue();
  });
  return { answer: held.resolve };
}

/** Whether anything of the shapes of what is loaded is seen so many milliseconds after they were drawn. */
function isSkeletonSeenAfter(page: Page, time: number): Promise<boolean> {
  return skeletonOf(page).evaluateAll((drawn, now) => {
    for (const animation of document.getAnimations()) {
      animation.pause();
      animation.currentTime = now;
    }
    return drawn.some((shape) => shape.checkVisibility({ visibilityProperty: true }));
  }, time);
}

for (const [place, procedure, ready] of places) {
  test(`${place}: a slow answer has a skeleton from 200 ms on, and a fast one none that flickers`, async ({
    account,
    page,
  }) => {
    await account.key('Warehouse');
    await page.goto(`${account.path}/profile`);
    await expect(page.getByRole('heading', { name: 'Profile' })).toBeVisible();
    const call = await catchCall(page, procedure);
    await page.getByRole('navigation').getByRole('link', { name: place }).click();
    await expect(page.getByRole('heading', { name: place, level: 1 })).toBeVisible();
    await expect(skeletonOf(page).first()).toBeAttached();
    expect(await isSkeletonSeenAfter(page, 190)).toBe(false);
    expect(await isSkeletonSeenAfter(page, 210)).toBe(true);
    call.answer();
    await expect(page.getByRole('main').getByText(ready).first()).toBeVisible();
    await expect(skeletonOf(page)).toHaveCount(0);
  });
}

test('the ring of a button that works is seen from 200 ms on', async ({ account, page }) => {
  await page.goto(`${account.path}/keys`);
  await page.getByRole('button', { name: 'Generate key' }).first().click();
  const form = page.getByRole('dialog', { name: 'Generate API key' });
  await form.getByLabel('Key identification').fill('Warehouse');
  const call = await catchCall(page, 'keys.generate');
  await form.getByRole('button', { name: 'Generate', exact: true }).click();
  const ring = form.getByRole('button', { name: 'Generating…' }).locator('svg');
  /** Whether it is seen so many milliseconds after it was drawn. */
  const isSeenAfter = (time: number) =>
    ring.evaluate((drawn, now) => {
      for (const animation of drawn.getAnimations()) {
        animation.pause();
        animation.currentTime = now;
      }
      return drawn.checkVisibility({ opacityProperty: true });
    }, time);
  expect(await isSeenAfter(190)).toBe(false);
  expect(await isSeenAfter(210)).toBe(true);
  call.answer();
  await expect(page.getByRole('dialog', { name: 'API key generated' })).toBeVisible();
});
