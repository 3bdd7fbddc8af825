import { fileURLToPath } from 'node:url';
import { storybookTest } from '@storybook/addon-vitest/vitest-plugin';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumOptions } from './test/chromium.ts';

const root = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          root,
          include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
          // These end what hangs, and measure nothing: two busy cores take many times as long as idle ones.
          testTimeout: 180_000,
          hookTimeout: 600_000,
          expect: { poll: { timeout: 30_000 } },
        },
      },
      {
        plugins: [storybookTest({ configDir: `${root}.storybook` })],
        test: {
          name: 'stories',
          testTimeout: 120_000,
          browser: {
            enabled: true,
            headless: true,
            connectTimeout: 600_000,
            provider: playwright({
              launchOptions: chromiumOptions,
              contextOptions: { timezoneId: 'UTC', locale: 'en-GB', reducedMotion: 'reduce' },
            }),
            instances: [{ browser: 'chromium', viewport: { width: 1024, height: 720 } }],
            screenshotFailures: false,
            expect: {
              toMatchScreenshot: {
                // Until two pictures in a row are the same.
                timeout: 60_000,
                comparatorName: 'pixelmatch',
                comparatorOptions: { threshold: 0.1, includeAA: true, allowedMismatchedPixels: 0 },
                resolveScreenshotPath: ({ arg, ext }) => `${root}screenshots/${arg}${ext}`,
                resolveDiffPath: ({ arg, ext }) => `${root}test-results/${arg}${ext}`,
              },
            },
          },
        },
      },
    ],
  },
});
