import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';

import {
  countIn,
  forget,
  packagesWith,
  readPlaywright,
  readTap,
  readVitest,
  sum,
} from './totals.mjs';

/** What a report that cannot be read counts for. */
const unread = { passed: 0, failed: 1, skipped: 0, failures: [] };

describe('the totals', () => {
  let folder;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'latchkey-totals-'));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('counts what Vitest passed, failed and skipped, and names what failed', () => {
    const text = JSON.stringify({
      testResults: [
        { status: 'passed', assertionResults: [{ status: 'passed' }, { status: 'pending' }] },
        {
          name: 'some.test.ts',
          status: 'failed',
          assertionResults: [
            { status: 'passed' },
            {
              status: 'failed',
              fullName: 'a key works',
              failureMessages: ['\u001b[31mexpected 1\u001b[39m'],
            },
          ],
        },
      ],
    });
    assert.deepEqual(readVitest(text), {
      passed: 2,
      failed: 1,
      skipped: 1,
      failures: [{ test: 'some.test.ts: a key works', reason: 'expected 1' }],
    });
  });

  it('counts a file that did not load as a failure', () => {
    const text = JSON.stringify({
      testResults: [
        { name: 'some.test.ts', status: 'failed', message: 'no such import', assertionResults: [] },
      ],
    });
    assert.deepEqual(readVitest(text), {
      passed: 0,
      failed: 1,
      skipped: 0,
      failures: [{ test: 'some.test.ts', reason: 'no such import' }],
    });
  });

  it("counts Playwright's tests and the errors outside them, and names what failed", () => {
    const spec = (title, ok, messages) => ({
      title,
      ok,
      tests: [{ results: [{ errors: messages.map((message) => ({ message })) }] }],
    });
    const text = JSON.stringify({
      stats: { expected: 4, flaky: 1, unexpected: 2, skipped: 3 },
      errors: [{ message: 'the set-up failed' }],
      suites: [
        {
          file: 'road.e2e.ts',
          specs: [spec('signs in', true, []), spec('signs out', false, ['not visible'])],
          suites: [{ file: 'road.e2e.ts', specs: [spec('renews', false, ['timed out'])] }],
        },
      ],
    });
    assert.deepEqual(readPlaywright(text), {
      passed: 5,
      failed: 3,
      skipped: 3,
      failures: [
        { test: 'road.e2e.ts: signs out', reason: 'not visible' },
        { test: 'road.e2e.ts: renews', reason: 'timed out' },
        { test: 'outside every test', reason: 'the set-up failed' },
      ],
    });
  });

  it("counts what Node's own runner reports, and names what failed", () => {
    const file = join(folder, 'some.test.mjs');
    writeFileSync(
      file,
      `import { describe, it } from 'node:test';
      it('passes', () => {});
      describe('in a suite', () => {
        it('fails', () => { throw new Error('no such key'); });
        it('fails as well', () => { throw new Error('no such role'); });
      });
      it.skip('waits', () => {});`,
    );
    // Inside a run of Node's runner a child would report to its parent.
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    const { stdout } = spawnSync(process.execPath, ['--test', '--test-reporter=tap', file], {
      encoding: 'utf8',
      env,
    });
    const { failures, ...count } = readTap(stdout);
    assert.deepEqual(count, { passed: 1, failed: 2, skipped: 1 });
    assert.deepEqual(
      failures.map(({ test }) => test),
      ['fails', 'fails as well'],
    );
    assert.match(failures[0].reason, /no such key/);
    assert.match(failures[1].reason, /no such role/);
  });

  it('counts a runner that left no report, or half of one, as a failure', () => {
    const half = join(folder, 'half.json');
    writeFileSync(half, '{"testResults": [');
    assert.deepEqual(countIn(half, readVitest), unread);
    assert.deepEqual(countIn(join(folder, 'none.json'), readVitest), unread);
  });

  it('does not count the report of an earlier run', () => {
    const file = join(folder, 'report.json');
    writeFileSync(
      file,
      JSON.stringify({
        testResults: [{ status: 'passed', assertionResults: [{ status: 'passed' }] }],
      }),
    );
    forget(file);
    assert.deepEqual(countIn(file, readVitest), unread);
  });

  it('finds the packages that have tests', () => {
    for (const [name, scripts] of [
      ['apps/api', { test: 'vitest run' }],
      ['apps/e2e', { e2e: 'playwright test' }],
      ['packages/core', { test: 'vitest run' }],
    ]) {
      mkdirSync(join(folder, name), { recursive: true });
      writeFileSync(join(folder, name, 'package.json'), JSON.stringify({ name, scripts }));
    }
    mkdirSync(join(folder, 'apps/empty'));
    assert.deepEqual(packagesWith('test', folder), ['apps/api', 'packages/core']);
    assert.deepEqual(packagesWith('e2e', folder), ['apps/e2e']);
  });

  it('sums', () => {
    assert.deepEqual(
      sum([
        { passed: 1, failed: 0, skipped: 2 },
        { passed: 3, failed: 1, skipped: 0 },
      ]),
      {
        passed: 4,
        failed: 1,
        skipped: 2,
      },
    );
  });
});
