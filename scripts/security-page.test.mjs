import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = readFileSync(join(root, 'docs/security.md'), 'utf8');
const shown = [...page.matchAll(/`([\w./-]+\.(?:test\.ts|test\.mjs|e2e\.ts))` "([^"]+)"/g)];

describe('the page on security', () => {
  it('names tests for what it claims', () => assert.ok(shown.length > 20));

  for (const [, file, title] of shown) {
    it(`names a test that exists: ${file} "${title}"`, () => {
      assert.ok(existsSync(join(root, file)), file);
      assert.ok(readFileSync(join(root, file), 'utf8').includes(title), title);
    });
  }
});
