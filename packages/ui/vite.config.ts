import { copyFile, readFile, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import type { Plugin } from 'vite';

const root = fileURLToPath(new URL('.', import.meta.url));

interface Exports {
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
}

/** One entry for each subpath that package.json exports: the list is kept in one place. */
async function entries(): Promise<Record<string, string>> {
  const { exports } = JSON.parse(await readFile(`${root}package.json`, 'utf8')) as Exports;
  const sources = Object.values(exports).flatMap((target) =>
    typeof target === 'string' ? [] : [target['@latchkey/source'] ?? ''],
  );
  return Object.fromEntries(
    sources
      .filter((source) => /\.tsx?$/.test(source))
      .map((source) => [source.replace('./src/', '').replace(/\.tsx?$/, ''), `${root}${source}`]),
  );
}

/** The stylesheets: the design tokens on their own, and no script beside the components' sheet. */
function sheets(): Plugin {
  return {
    name: 'latchkey:sheets',
    closeBundle: async () => {
      await copyFile(`${root}src/tokens/tokens.generated.css`, `${root}dist/tokens.css`);
      for (const file of ['styles.js', 'styles.js.map'])
        await rm(`${root}dist/${file}`, { force: true });
    },
  };
}

export default defineConfig(async () => ({
  plugins: [react(), sheets()],
  build: {
    target: 'es2024',
    sourcemap: true,
    minify: false,
    cssMinify: true,
    // The first browsers with light-dark(): who needs older ones lets their own bundler rewrite it.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    cssCodeSplit: false,
    lib: {
      entry: { ...(await entries()), styles: `${root}src/styles/all.ts` },
      formats: ['es' as const],
      cssFileName: 'styles',
    },
    rolldownOptions: {
      external: (id: string) => !id.startsWith('.') && !id.startsWith('/') && !id.startsWith('\0'),
      output: {
        preserveModules: true,
        preserveModulesRoot: 'src',
        entryFileNames: '[name].js',
        sourcemapExcludeSources: true,
      },
    },
  },
}));
