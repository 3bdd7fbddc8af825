import { join } from 'node:path';

import { test as base } from '@playwright/test';
import type { BrowserContextOptions, Page } from '@playwright/test';

import { makeAccount } from './account.ts';
import type { Account } from './account.ts';
import { temporaryFolder } from './folders.ts';
import { owner, startLatchkey } from './latchkey.ts';
import type { Latchkey } from './latchkey.ts';
import { signIn } from './session.ts';
import type { Session } from './session.ts';

interface ForWorker {
  /** More of the environment of its Latchkey. */
  variables: Readonly<Record<string, string>>;
  /** One that all tests of a worker share: each has an account of its own in it. */
  latchkey: Latchkey & { readonly database: string };
  /** Its administrator, who owns each test's account. */
  owner: Session;
  /** Names the accounts of this worker. */
  nextSlug: () => string;
}

interface ForTest {
  account: Account;
  /** A page whose browser is signed in as the account's owner. */
  page: Page;
  /** Opens a page in a browser of its own: signed in as somebody, or as nobody. */
  openPage: (session: Session | null, options?: BrowserContextOptions) => Promise<Page>;
}

/**
 * Playwright's test with a running Latchkey. At the end of each test no page may have thrown or run into the content security policy.
 */
export const test = base.extend<ForTest, ForWorker>({
  variables: [{}, { option: true, scope: 'worker' }],

  latchkey: [
    async ({ variables }, provide) => {
      await using folder = await temporaryFolder();
      await using latchkey = await startLatchkey(folder.path, { ...owner, ...variables });
      await provide({ ...latchkey, database: join(folder.path, 'data/latchkey.db') });
    },
    { scope: 'worker' },
  ],

  owner: [async ({ latchkey }, provide) => provide(await signIn(latchkey)), { scope: 'worker' }],

  nextSlug: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern what a fixture needs
    async ({}, provide) => {
      let made = 0;
      await provide(() => `acme-${(made += 1)}`);
    },
    { scope: 'worker' },
  ],

  baseURL: ({ latchkey }, provide) => provide(latchkey.url),

  account: async ({ latchkey, nextSlug, owner: session }, provide) =>
    provide(await makeAccount(latchkey, session, nextSlug(), 'Acme')),

  openPage: async ({ browser }, provide) => {
    const complaints: string[] = [];
    await using contexts = new AsyncDisposableStack();
    await provide(async (session, options) => {
      const context = await browser.newContext(options);
      contexts.defer(() => context.close());
      await context.grantPermissions(['clipboard-read', 'clipboard-write']);
      if (session) await context.addCookies([...session.cookies]);
      const page = await context.newPage();
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        if (/content security policy/i.test(message.text())) complaints.push(message.text());
      });
      return page;
    });
    base.expect(complaints, 'what the browser complained about').toEqual([]);
  },

  page: async ({ openPage, owner: session }, provide) => provide(await openPage(session)),
});

export { expect } from '@playwright/test';
