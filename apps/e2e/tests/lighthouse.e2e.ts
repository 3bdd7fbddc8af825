import { temporaryFolder } from '../src/folders.ts';
import { measure } from '../src/lighthouse.ts';
import type { Scores } from '../src/lighthouse.ts';
import { expect, test } from '../src/test.ts';

const times = 3;

/** What everything else on the machine lowers is told, and left to whoever reads it. */
const goal = 95;

function tell(page: string, { accessibility, performance, ...scores }: Scores): void {
  process.stdout.write(
    `Lighthouse, ${page}: accessibility ${accessibility}, best practices ${scores['best-practices']}, ` +
      `performance ${performance} (median of ${times}, at least ${goal} wanted)\n`,
  );
}

test.describe.configure({ timeout: 600_000 });

test('Lighthouse finds nothing wrong with the keys page, signed in', async ({
  account,
  launchOptions,
  latchkey,
  owner,
}) => {
  for (const name of ['Shop', 'Warehouse', 'Till']) await account.key(name);
  await using folder = await temporaryFolder();
  const { scores, failed } = await measure(`${latchkey.url}${account.path}/keys`, {
    folder: folder.path,
    launch: launchOptions,
    cookies: owner.cookies,
    times,
  });
  tell('the keys page', scores);
  expect(failed).toEqual([]);
  expect(scores).toMatchObject({ accessibility: 100, 'best-practices': 100 });
});

test('Lighthouse finds nothing wrong with the link page', async ({ account, launchOptions }) => {
  const { link } = await account.key('Shop');
  await using folder = await temporaryFolder();
  const { scores, failed } = await measure(link.url, {
    folder: folder.path,
    launch: launchOptions,
    times,
  });
  tell('the link page', scores);
  expect(failed).toEqual([]);
  expect(scores).toMatchObject({ accessibility: 100, 'best-practices': 100 });
});
