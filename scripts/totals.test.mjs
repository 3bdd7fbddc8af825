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

describe('the totals', () => {
  let folder;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'latchkey-totals-'));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('counts what Vitest passed, failed and skipped', () => {
    const text = JSON.stringify({
      testResults: [
        { status: 'passed', assertionResults: [{ status: 'passed' }, { status: 'pending' }] },
        { status: 'failed', assertionResults: [{ status: 'passed' }, { status: 'failed' }] },
      ],
    });
    assert.deepEqual(readVitest(text), { passed: 2, failed: 1, skipped: 1 });
  });

  it('counts a file that did not load as a failure', () => {
    const text = JSON.stringify({ testResults: [{ status: 'failed', assertionResults: [] }] });
    assert.deepEqual(readVitest(text), { passed: 0, failed: 1, skipped: 0 });
  });

  it("counts Playwright's tests and the errors outside them", () => {
    const text = JSON.stringify({
      stats: { expected: 4, flaky: 1, unexpected: 2, skipped: 3 },
      errors: [{ message: 'the set-up failed' }],
    });
    assert.deepEqual(readPlaywright(text), { passed: 5, failed: 3, skipped: 3 });
  });

  it("counts what Node's own runner reports", () => {
    const file = join(folder, 'some.test.mjs');
    writeFileSync(
      file,
      `import { it } from 'node:test';
      it('passes', () => {});
      it('fails', () => { throw new Error('no'); });
      it.skip('waits', () => {});`,
    );
    // Inside a run of Node's runner a child would report to its parent.
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    const { stdout } = spawnSync(process.execPath, ['--test', '--test-reporter=tap', file], {
      encoding: 'utf8',
      env,
    });
    assert.deepEqual(readTap(stdout), { passed: 1, failed: 1, skipped: 1 });
  });

  it('counts a runner that left no report, or half of one, as a failure', () => {
    const half = join(folder, 'half.json');
    writeFileSync(half, '{"testResults": [');
    assert.deepEqual(countIn(half, readVitest), { passed: 0, failed: 1, skipped: 0 });
    assert.deepEqual(countIn(join(folder, 'none.json'), readVitest), {
      passed: 0,
      failed: 1,
      skipped: 0,
    });
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
    assert.deepEqual(countIn(file, readVitest), { passed: 0, failed: 1, skipped: 0 });
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
