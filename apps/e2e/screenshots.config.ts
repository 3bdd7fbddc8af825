import { defineConfig } from '@playwright/test';

import tests from './playwright.config.ts';

/** Takes the pictures of the README anew, into docs/screenshots, for a person to look at and commit. */
export default defineConfig({
  ...tests,
  testDir: 'screenshots',
  testMatch: '**/*.shots.ts',
  outputDir: 'test-results/screenshots-artifacts',
  reporter: 'list',
});
