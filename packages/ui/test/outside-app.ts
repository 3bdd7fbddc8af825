import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const workspace = fileURLToPath(new URL('../../../pnpm-workspace.yaml', import.meta.url));

/** The versions that the workspace pins, so that the application can come from the same store. */
async function pinned(...names: readonly string[]): Promise<Record<string, string>> {
  const text = await readFile(workspace, 'utf8');
  return Object.fromEntries(
    names.map((name) => {
      const line = text
        .split('\n')
        .find((one) => one.trim().replaceAll("'", '').startsWith(`${name}: `));
      if (!line) throw new Error(`${name} is not in the catalog.`);
      return [name, line.split(': ').at(-1)?.trim() ?? ''];
    }),
  );
}

/** Writes an application as a product team would, with nothing but the packed package. */
export async function writeOutsideApp(folder: string, tarball: string): Promise<void> {
  const files: Record<string, string> = {
    'package.json': JSON.stringify({
      name: 'outside',
      private: true,
      type: 'module',
      dependencies: { '@latchkey/ui': `file:${tarball}`, ...(await pinned('react', 'react-dom')) },
      devDependencies: await pinned('@types/react', '@types/react-dom', 'typescript', 'vite'),
    }),
    'tsconfig.json': JSON.stringify({
      compilerOptions: {
        target: 'es2024',
        lib: ['es2024', 'dom'],
        module: 'esnext',
        moduleResolution: 'bundler',
        jsx: 'react-jsx',
        strict: true,
        exactOptionalPropertyTypes: true,
        skipLibCheck: false,
        noEmit: true,
        types: ['vite/client'],
      },
      include: ['src'],
    }),
    'index.html':
      '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Outside</title><link rel="icon" href="data:,"></head>' +
      '<body><div id="root"></div><script type="module" src="/src/main.tsx"></script></body></html>',
    'src/main.tsx': `
import { createRoot } from 'react-dom/client';
import { ApiKeys } from '@latchkey/ui/api-keys';
import type { ApiKeysDataSource } from '@latchkey/ui/api-keys';
import { LatchkeyProvider } from '@latchkey/ui/provider';
import { createMemorySource } from '@latchkey/ui/testing';
import { tokens } from '@latchkey/ui/tokens';
import '@latchkey/ui/styles.css';

const source: ApiKeysDataSource = createMemorySource({
  roles: [{ id: 'orders', name: 'Orders', permissions: ['orders.read'] }],
});
const accent: string = tokens['lk-color-accent'].value;

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <LatchkeyProvider locale="en">
      <ApiKeys source={source} title={<span data-accent={accent}>Keys</span>} />
    </LatchkeyProvider>,
  );
}
`,
  };
  for (const [path, text] of Object.entries(files)) {
    const target = join(folder, path);
    await mkdir(join(target, '..'), { recursive: true });
    await writeFile(target, text);
  }
}
