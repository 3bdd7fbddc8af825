import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Builds one of the two configurations for production. @returns the text of its files by their paths */
async function builtFiles(config: string): Promise<Map<string, string>> {
  const outDir = await mkdtemp(join(tmpdir(), 'latchkey-admin-'));
  try {
    await build({
      root,
      configFile: join(root, config),
      logLevel: 'error',
      mode: 'production',
      build: { outDir, emptyOutDir: true, reportCompressedSize: false },
    });
    const files = new Map<string, string>();
    for (const entry of await readdir(outDir, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      files.set(path.slice(outDir.length + 1), await readFile(path, 'utf8'));
    }
    return files;
  } finally {
    await rm(outDir, { recursive: true, force: true });
  }
}

const kinds = (files: Map<string, string>, ...extensions: string[]) =>
  [...files].filter(([path]) => extensions.includes(extname(path)));

// How the two libraries of strict-csp.ts would do it. React can as well, when asked to, which nobody does.
const writesStyles = /\.styleSheet\.cssText|data-radix-select-viewport\]\s*\{/;

describe.each([
  ['vite.config.ts', 'index.html'],
  ['vite.credentials.config.ts', 'credentials.html'],
])('%s', (config, page) => {
  let files: Map<string, string>;
  const environment = process.env['NODE_ENV'];

  beforeAll(async () => {
    // Vitest's own would give the build React's development half.
    process.env['NODE_ENV'] = 'production';
    files = await builtFiles(config);
  }, 120_000);

  afterAll(() => {
    process.env['NODE_ENV'] = environment;
  });

  it('needs no inline script and no inline style', () => {
    const html = files.get(page) ?? '';
    expect(html).toContain('<script type="module"');
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)/);
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=/);
    const writing = kinds(files, '.js').filter(([, code]) => writesStyles.test(code));
    expect(writing.map(([path]) => path)).toEqual([]);
  });

  it('names what it serves for ever by its content', () => {
    for (const [path] of kinds(files, '.js', '.css')) {
      expect(path).toMatch(/^assets\/.+-[\w-]{8}\.(js|css)$/);
    }
  });

  it('fetches nothing from anywhere else', () => {
    const fetching = kinds(files, '.css', '.html').filter(([, code]) => /https?:\/\//.test(code));
    expect(fetching.map(([path]) => path)).toEqual([]);
  });
});

describe('the link page', () => {
  it('weighs less than 60 kB in any language, compressed', async () => {
    const files = await builtFiles('vite.credentials.config.ts');
    // The other languages are never fetched; counting them all leaves room to spare.
    const bytes = kinds(files, '.js', '.css', '.html').map(([, code]) => gzipSync(code).length);
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(60_000);
  }, 120_000);
});
