import { chromium } from '@playwright/test';
import type { LaunchOptions } from '@playwright/test';
import lighthouse, { desktopConfig } from 'lighthouse';

import { freePort } from './ports.ts';
import type { Session } from './session.ts';

const categories = ['accessibility', 'best-practices', 'performance'] as const;

/** Of 100. */
export type Scores = Readonly<Record<(typeof categories)[number], number>>;

/** How long a page may take to be drawn, and to come to rest, in milliseconds. */
const patience = 120_000;

const median = (numbers: readonly number[]) =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

/**
 * Lets Lighthouse look at a page several times. Accessibility and best practices are the lowest of them; performance, which other work
 * on the machine lowers, is the median.
 *
 * @param folder the browser's own
 */
export async function measure(
  url: string,
  options: {
    readonly folder: string;
    readonly launch: LaunchOptions;
    readonly cookies?: Session['cookies'];
    readonly times: number;
  },
): Promise<{ scores: Scores; failed: readonly string[] }> {
  const { folder, launch, cookies = [], times } = options;
  const port = await freePort();
  const context = await chromium.launchPersistentContext(folder, {
    ...launch,
    args: [...(launch.args ?? []), `--remote-debugging-port=${port}`],
  });
  try {
    await context.addCookies([...cookies]);
    const found: Record<keyof Scores, number[]> = {
      accessibility: [],
      'best-practices': [],
      performance: [],
    };
    const failed = new Set<string>();
    for (let time = 0; time < times; time += 1) {
      const run = await lighthouse(
        url,
        {
          port,
          onlyCategories: [...categories],
          disableStorageReset: true,
          // On a busy machine everything takes longer; what it then says of how fast the page is, is told and not tested.
          maxWaitForFcp: patience,
          maxWaitForLoad: patience,
          logLevel: 'error',
          output: 'json',
        },
        desktopConfig,
      );
      if (!run) throw new Error('Lighthouse had nothing to say.');
      for (const name of categories) {
        const category = run.lhr.categories[name];
        found[name].push(Math.round((category?.score ?? 0) * 100));
        for (const { id } of category?.auditRefs ?? []) {
          const audit = run.lhr.audits[id];
          if (name !== 'performance' && audit?.score === 0) failed.add(`${id}: ${audit.title}`);
        }
      }
    }
    return {
      scores: {
        accessibility: Math.min(...found.accessibility),
        'best-practices': Math.min(...found['best-practices']),
        performance: median(found.performance),
      },
      failed: [...failed],
    };
  } finally {
    await context.close();
  }
}
