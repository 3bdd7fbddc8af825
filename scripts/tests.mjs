import { join } from 'node:path';

import { installPackages } from './packages.mjs';
import { say, step } from './steps.mjs';
import { prepareSystemPackages } from './system-packages.mjs';
import { root } from './toolchain.mjs';
import {
  countIn,
  forget,
  packagesWith,
  readPlaywright,
  readTap,
  readVitest,
  reports,
  sum,
} from './totals.mjs';

/**
 * Sets up what the tests need and runs them all, each to its end whatever the others found.
 *
 * @param toolchain the environment with Node and pnpm
 * @returns the exit code: 0 when nothing failed. The last line that it prints is `N passed, N failed`.
 */
export async function test(toolchain) {
  const env = { ...toolchain, ...(await prepareSystemPackages(toolchain)) };
  await installPackages(env);

  const counts = [];
  const check = async (title, args, expected = []) => {
    for (const { file } of expected) forget(file);
    const succeeded = await step(title, 'pnpm', args.split(/\s+/), { cwd: root, env });
    const found = expected.map(({ name, file, read }) => ({ name, ...countIn(file, read) }));
    // A step may fail with no failing test, as the linter does: that is one failure.
    if (!succeeded && sum(found).failed === 0) {
      found.push({ name: title, passed: 0, failed: 1, skipped: 0, failures: [] });
    }
    counts.push(...found);
  };
  const turbo = 'exec turbo run --continue --output-logs=new-only';

  await check('lint', 'exec oxlint --deny-warnings');
  await check('format', 'exec oxfmt --check');
  await check(
    'tests of the commands',
    `exec node --test
      --test-reporter=spec --test-reporter-destination=stdout
      --test-reporter=tap --test-reporter-destination=${reports.node}
      scripts/*.test.mjs`,
    [{ name: 'scripts', file: join(root, reports.node), read: readTap }],
  );
  await check('licences', 'exec node scripts/supply-chain.mjs');
  await check('build and typecheck', `${turbo} build build:storybook typecheck`);
  // What they need is built by now. Their arguments would have turbo build it again, while the tests of packages build and pack it.
  await check(
    'tests',
    `${turbo} test --only --concurrency=2 --
      --reporter=default --reporter=json --outputFile.json=${reports.vitest}`,
    reportsOf('test', reports.vitest, readVitest),
  );
  await check(
    'end-to-end tests',
    '--filter @latchkey/e2e run e2e',
    reportsOf('e2e', reports.playwright, readPlaywright),
  );

  // At the very end, since a long run's output is often kept by its end alone.
  for (const { failures } of counts) {
    for (const { test: name, reason } of failures) {
      say(`failed: ${name.replace(`${root}/`, '')}\n${firstLines(reason)}`);
    }
  }
  for (const count of counts) {
    say(`${count.name}: ${describe(count)}`);
  }
  const { passed, failed } = sum(counts);
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
}

function describe({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** What tells the cause: the message and our own part of the stack, without a page of differences. */
function firstLines(reason) {
  return reason
    .split('\n')
    .filter((line) => !line.includes('/node_modules/'))
    .slice(0, 25)
    .map((line) => `    ${line.slice(0, 300)}`)
    .join('\n');
}

function reportsOf(script, file, read) {
  return packagesWith(script, root).map((folder) => ({
    name: folder,
    file: join(root, folder, file),
    read,
  }));
}
