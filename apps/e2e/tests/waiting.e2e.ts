import type { Page } from '@playwright/test';

import type { Account } from '../src/account.ts';
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
  const state = { asked: false, answered: false };
  await page.route(new RegExp(`/trpc/${procedure}(\\?|$)`), async (route) => {
    state.asked = true;
    await held.promise;
    await route.continue();
    const answer = await route.request().response();
    await answer?.finished();
    state.answered = true;
  });
  return { isAsked: () => state.asked, isAnswered: () => state.answered, answer: held.resolve };
}

/** Stops the clock of a page: from now on it goes as the test bids, however busy the machine is. */
async function stopClock(page: Page): Promise<void> {
  await page.clock.pauseAt(await page.evaluate(() => Date.now() + 1000));
}

/** Lets the stopped clock go on, a millisecond at a time, until something has happened. */
async function tickUntil(page: Page, happened: () => boolean | Promise<boolean>): Promise<void> {
  await expect(async () => {
    await page.clock.runFor(1);
    expect(await happened()).toBe(true);
  }).toPass({ intervals: [5] });
}

/** Goes from another page to a place, with the clock stopped, up to where its procedure is asked. */
async function goTo(page: Page, account: Account, place: string, procedure: string) {
  await page.clock.resume();
  await page.goto(`${account.path}/profile`);
  await expect(page.getByRole('heading', { name: 'Profile' })).toBeVisible();
  const call = await catchCall(page, procedure);
  await stopClock(page);
  await page.getByRole('navigation').getByRole('link', { name: place }).click();
  await tickUntil(page, call.isAsked);
  return call;
}

for (const [place, procedure, ready] of places) {
  test(`${place}: no skeleton flickers, and a slow answer has one from 200 ms on`, async ({
    account,
    page,
  }) => {
    await account.key('Warehouse');
    await page.clock.install();

    const fast = await goTo(page, account, place, procedure);
    await expect(page.getByRole('heading', { name: place, level: 1 })).toBeVisible();
    await page.clock.runFor(100);
    await expect(skeletonOf(page)).toHaveCount(0);
    fast.answer();
    await expect.poll(fast.isAnswered).toBe(true);
    const whole = page.getByRole('main').getByText(ready).first();
    await tickUntil(page, async () => {
      await expect(skeletonOf(page)).toHaveCount(0);
      return whole.isVisible();
    });

    const slow = await goTo(page, account, place, procedure);
    await page.clock.runFor(150);
    await expect(skeletonOf(page)).toHaveCount(0);
    await page.clock.runFor(60);
    await expect(skeletonOf(page).first()).toBeVisible();
    slow.answer();
    await page.clock.resume();
    await expect(whole).toBeVisible();
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
