import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/**
 * A test that failed: its name with that of its file, and why, as the runner says it.
 *
 * @typedef {{ test: string, reason: string }} Failure
 */

/**
 * A count of tests, as a runner reported it. A failure outside every test is counted, and may have no name.
 *
 * @typedef {{ passed: number, failed: number, skipped: number, failures: Failure[] }} Count
 */

/** Where every runner writes its report, below the folder of its package. Git ignores it. */
export const reports = {
  vitest: 'test-results/vitest.json',
  playwright: 'test-results/playwright.json',
  node: 'test-results/node.tap',
};

/**
 * The packages of the workspace that have a script of that name.
 *
 * @returns {string[]} their folders, relative to the root
 */
export function packagesWith(script, root) {
  return ['apps', 'packages']
    .flatMap((group) => readdirSync(join(root, group)).map((name) => join(group, name)))
    .filter((folder) => {
      const manifest = join(root, folder, 'package.json');
      if (!existsSync(manifest)) return false;
      return script in (JSON.parse(readFileSync(manifest, 'utf8')).scripts ?? {});
    })
    .sort();
}

/** Forgets the report of an earlier run, so that it cannot count for this one, and makes room for the next. */
export function forget(file) {
  rmSync(file, { force: true });
  mkdirSync(dirname(file), { recursive: true });
}

/**
 * Reads a runner's report. A runner that left none, or one that cannot be read, has failed.
 *
 * @param {(text: string) => Count} read one of the readers below
 * @returns {Count}
 */
export function countIn(file, read) {
  try {
    return read(readFileSync(file, 'utf8'));
  } catch {
    return { passed: 0, failed: 1, skipped: 0, failures: [] };
  }
}

/** Vitest's JSON report. A file that did not get as far as its tests is one failure. */
export function readVitest(text) {
  const count = { passed: 0, failed: 0, skipped: 0, failures: [] };
  const fail = (test, reason) => {
    count.failed += 1;
    count.failures.push(failure(test, reason));
  };
  for (const { name, status, message, assertionResults } of JSON.parse(text).testResults) {
    const before = count.failed;
    for (const result of assertionResults) {
      if (result.status === 'passed') count.passed += 1;
      else if (result.status === 'failed') {
        fail(`${name}: ${result.fullName}`, result.failureMessages.join('\n'));
      } else count.skipped += 1;
    }
    if (status === 'failed' && count.failed === before) fail(name, message);
  }
  return count;
}

/** Playwright's JSON report. Errors outside every test count as failures. */
export function readPlaywright(text) {
  const { stats, errors, suites } = JSON.parse(text);
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    skipped: stats.skipped,
    failures: [
      ...suites.flatMap(failuresOfSuite),
      ...errors.map(({ message }) => failure('outside every test', message)),
    ],
  };
}

function failuresOfSuite({ file, specs = [], suites = [] }) {
  return [
    ...specs
      .filter(({ ok }) => !ok)
      .map(({ title, tests }) => {
        const messages = tests.flatMap(({ results }) =>
          results.flatMap(({ errors }) => errors.map(({ message }) => message)),
        );
        return failure(`${file}: ${title}`, messages.join('\n'));
      }),
    ...suites.flatMap(failuresOfSuite),
  ];
}

/** The TAP of Node's own runner. */
export function readTap(text) {
  const number = (name) => {
    const found = new RegExp(`^# ${name} (\\d+)$`, 'm').exec(text);
    if (!found) throw new Error(`The TAP report has no line "# ${name}".`);
    return Number(found[1]);
  };
  return {
    passed: number('pass'),
    failed: number('fail') + number('cancelled'),
    skipped: number('skipped') + number('todo'),
    failures: [...text.matchAll(/^ *not ok \d+ - (.*)\n((?: .*\n)*? *\.\.\.)$/gm)]
      // A suite says only that a test in it failed.
      .filter(([, , details]) => !details.includes("failureType: 'subtestsFailed'"))
      .map(([, title, details]) => failure(title, details)),
  };
}

function failure(test, reason) {
  return { test, reason: stripVTControlCharacters(reason) };
}

/** Sums counts. */
export function sum(counts) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const count of counts) for (const key of Object.keys(total)) total[key] += count[key];
  return total;
}
