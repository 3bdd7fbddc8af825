import { fileURLToPath } from 'node:url';

import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';

const folder = fileURLToPath(new URL('../test-results/screenshots', import.meta.url));
export const themes = ['light', 'dark'] as const;
export const sizes = [
  { width: 1440, height: 900 },
  { width: 360, height: 780 },
] as const;

/**
 * Keeps the page as it stands, light and dark, wide and narrow, for a person to look at, and sees that nothing is wider than
 * the narrow screen.
 */
export async function keepScreenshots(page: Page, name: string): Promise<void> {
  const before = page.viewportSize();
  for (const size of sizes) {
    await page.setViewportSize(size);
    for (const theme of themes) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await page.screenshot({
        path: `${folder}/${name}-${theme}-${size.width}.png`,
        animations: 'disabled',
      });
    }
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow, `${name} fits into ${size.width} pixels`).toBeLessThanOrEqual(0);
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: null });
  if (before) await page.setViewportSize(before);
}
