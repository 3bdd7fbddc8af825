import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
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

/** What a browser fetches for the keys page of a person who reads English, and nothing that waits for a gesture. */
const keysPage = [
  'index.html',
  'src/features/shell/Shell.tsx',
  'src/routes/keys-layout.tsx',
  'src/routes/generated-keys.tsx',
  'src/lib/words/en.ts',
  'packages/ui/src/messages/en.ts',
  'src/features/live/follow-account.ts',
];

/** Builds the SPA, and keeps nothing. @returns the scripts and style sheets of the keys page, each once */
async function keysPageFiles(): Promise<Map<string, string>> {
  const built = await build({
    root,
    configFile: join(root, 'vite.config.ts'),
    logLevel: 'error',
    mode: 'production',
    build: { write: false, reportCompressedSize: false },
  });
  if (!('output' in built)) throw new Error('One build has one output.');
  const output = new Map(built.output.map((file) => [file.fileName, file]));
  const found = new Map<string, string>();
  const add = (name: string) => {
    const file = output.get(name);
    if (!file || found.has(name)) return;
    found.set(name, file.type === 'chunk' ? file.code : String(file.source));
    if (file.type !== 'chunk') return;
    for (const next of [...file.imports, ...(file.viteMetadata?.importedCss ?? [])]) add(next);
  };
  for (const module of keysPage) {
    const chunk = built.output.find(
      (file) =>
        file.type === 'chunk' && Object.keys(file.modules).some((id) => id.endsWith(module)),
    );
    if (!chunk) throw new Error(`${module} is in no chunk.`);
    add(chunk.fileName);
  }
  return found;
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
  }, 400_000);

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
      // Named in the page itself, and asked for anew each time.
      if (path === 'theme.js') continue;
      expect(path).toMatch(/^assets\/.+-[\w-]{8}\.(js|css)$/);
    }
  });

  it('fetches nothing from anywhere else', () => {
    const fetching = kinds(files, '.css', '.html').filter(([, code]) => /https?:\/\//.test(code));
    expect(fetching.map(([path]) => path)).toEqual([]);
  });
});

describe('the keys page', () => {
  it('weighs less than 150 kB when it is first opened, compressed as it is sent', async () => {
    const environment = process.env['NODE_ENV'];
    process.env['NODE_ENV'] = 'production';
    const files = await keysPageFiles();
    process.env['NODE_ENV'] = environment;
    const bytes = [...files.values()].map((code) => brotliCompressSync(code).length);
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(150_000);
  }, 400_000);
});

describe('the link page', () => {
  it('weighs less than 60 kB in any language, compressed', async () => {
    const files = await builtFiles('vite.credentials.config.ts');
    // The other languages are never fetched; counting them all leaves room to spare.
    const bytes = kinds(files, '.js', '.css', '.html').map(([, code]) => gzipSync(code).length);
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(60_000);
  }, 400_000);
});
