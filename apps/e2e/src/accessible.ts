import { AxeBuilder } from '@axe-core/playwright';
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';

import { sizes, themes } from './screenshots.ts';

/** The success criteria of WCAG 2.2, level A and AA. */
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/**
 * Sees that axe finds nothing wrong with the page as it stands, light and dark, wide and narrow, and that nothing is wider than
 * the screen. What it does find is told together, at the end of the test.
 */
export async function expectAccessible(page: Page, name: string): Promise<void> {
  const before = page.viewportSize();
  for (const size of sizes) {
    await page.setViewportSize(size);
    for (const theme of themes) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await nextDrawing(page);
      // There is no frame whose findings had to be put together, in a page of their own.
      const { violations } = await new AxeBuilder({ page })
        .withTags(tags)
        .setLegacyMode()
        .analyze();
      const found = violations.flatMap(({ id, nodes }) =>
        nodes.map(
          ({ target, failureSummary = '' }) => `${id}: ${target.join(' ')} ${failureSummary}`,
        ),
      );
      expect.soft(found, `${name}, ${theme}, ${size.width} px`).toEqual([]);
    }
    await expectToFit(page, `${name}, ${size.width} px`);
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  if (before) await page.setViewportSize(before);
}

/** Waits until the page was drawn anew, and has had its chance to follow another size, as some parts do by themselves. */
async function nextDrawing(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
}

/** Sees that nothing is wider than the screen. */
export async function expectToFit(page: Page, name: string): Promise<void> {
  const overflow = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });
  expect.soft(overflow, `${name}: how much wider than the screen it is`).toBeLessThanOrEqual(0);
}
