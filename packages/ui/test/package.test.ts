import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright';
import type { Browser } from 'playwright';
import { publint } from 'publint';
import { build, preview } from 'vite';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { chromiumOptions } from './chromium.ts';
import { report } from './report.ts';
import { writeOutsideApp } from './outside-app.ts';
import { sizeBudget, styleBudget, tarballBudget } from './size-budget.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));

let folder: string;
let tarball: string;

async function pnpm(args: readonly string[], cwd: string): Promise<string> {
  const { stdout } = await run('pnpm', [...args], {
    cwd,
    maxBuffer: 50_000_000,
    // Not the test runner's: an application is built for production.
    env: { ...process.env, NODE_ENV: '' },
  });
  return stdout;
}

/** The built module of an entry, as the package exports it. */
async function moduleOf(entry: string): Promise<string> {
  const { exports } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    exports: Record<string, { default?: string }>;
  };
  return exports[entry]?.default ?? 'no such entry';
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-ui-'));
  await pnpm(['run', 'build'], root);
  await pnpm(['pack', '--pack-destination', folder], root);
  const packed = (await readdir(folder)).find((file) => file.endsWith('.tgz'));
  tarball = join(folder, packed ?? 'no tarball');
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

describe('the packed package', () => {
  it('gives publint nothing to say', async () => {
    const { messages } = await publint({ pkgDir: root, strict: true });
    expect(messages).toEqual([]);
  });

  it('gives every importer its types (@arethetypeswrong/cli)', async () => {
    const attw = join(root, 'node_modules/.bin/attw');
    const { exports } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
      exports: Record<string, unknown>;
    };
    const untyped = Object.keys(exports).filter((entry) => /\.(css|json)$/.test(entry));
    const { stdout } = await run(
      attw,
      [tarball, '--profile', 'esm-only', '--format', 'json', '--exclude-entrypoints', ...untyped],
      { maxBuffer: 50_000_000 },
    );
    const { analysis } = JSON.parse(stdout) as {
      analysis: { problems: { resolutionKind?: string }[] };
    };
    // ESM only: node10 and CommonJS are not served, and say so by themselves.
    const served = analysis.problems.filter(
      (problem) => problem.resolutionKind === 'bundler' || problem.resolutionKind === 'node16-esm',
    );
    expect(served).toEqual([]);
  });

  it('carries no story, test or fixture', async () => {
    const { stdout } = await run('tar', ['-tzf', tarball]);
    expect(stdout).toContain('package/dist/keys-table/index.js');
    expect(stdout).toContain('package/dist/styles.css');
    expect(stdout).toContain('package/tokens/theme-dark.tokens.json');
    expect(stdout).not.toMatch(/\.stories\.|\.test\.|\.mdx|fixtures|guide/);
  });

  it('weighs no more than its budget', async () => {
    expect((await stat(tarball)).size).toBeLessThan(tarballBudget);
    const styles = gzipSync(await readFile(join(root, 'dist/styles.css'))).length;
    expect(styles).toBeLessThan(styleBudget);
  });

  it('has a budget for each of its entries', async () => {
    const { exports } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
      exports: Record<string, unknown>;
    };
    const entries = Object.keys(exports).filter((entry) => !/\.(css|json)$/.test(entry));
    expect(Object.keys(sizeBudget).toSorted()).toEqual(entries.toSorted());
  });

  it.each(Object.entries(sizeBudget))(
    'brings along for %s at most %i bytes',
    async (entry, budget) => {
      // Under a test runner Vite would take what libraries bring for development.
      vi.stubEnv('NODE_ENV', 'production');
      const result = await build({
        configFile: false,
        logLevel: 'silent',
        root,
        build: {
          write: false,
          minify: true,
          target: 'es2024',
          // As an application bundles it: library mode keeps white space.
          rolldownOptions: {
            input: join(root, await moduleOf(entry)),
            preserveEntrySignatures: 'strict',
            external: /^react(-dom)?(\/|$)/,
          },
        },
      });
      const outputs = [result].flat().flatMap((one) => ('output' in one ? one.output : []));
      const entryChunk = outputs.find((output) => output.type === 'chunk' && output.isEntry);
      const size = entryChunk?.type === 'chunk' ? gzipSync(entryChunk.code).length : 0;
      report(`${entry}: ${size} bytes gzipped`);
      expect(size).toBeGreaterThan(100);
      expect(size).toBeLessThan(budget);
    },
  );
});

describe('a fresh application outside of the workspace', () => {
  let browser: Browser;
  let app: string;
  let address: string;
  let close: () => Promise<void>;

  beforeAll(async () => {
    app = join(folder, 'app');
    await writeOutsideApp(app, tarball);
    await pnpm(['install', '--prefer-offline', '--ignore-workspace', '--ignore-scripts'], app);
    await pnpm(['exec', 'tsc', '--noEmit'], app);
    await pnpm(['exec', 'vite', 'build', '--logLevel', 'silent'], app);
    const server = await preview({
      root: app,
      logLevel: 'silent',
      preview: { host: '127.0.0.1', port: 0 },
    });
    address = server.resolvedUrls?.local[0] ?? '';
    close = () => server.close();
    browser = await chromium.launch(chromiumOptions);
  });

  afterAll(async () => {
    await browser?.close();
    await close?.();
  });

  it('generates, finds, renews and deletes a key with the whole page and one component', async () => {
    const page = await browser.newPage();
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    await page.goto(address);
    await page.getByRole('button', { name: 'Generate key' }).first().click();
    await page.getByLabel('Key identification').fill('From outside');
    await page.getByRole('checkbox', { name: 'Orders' }).check();
    await page.getByRole('button', { name: 'Generate', exact: true }).click();
    const link = await page.getByLabel('Single-access link').inputValue();
    expect(link).toMatch(/^https:\/\/keys\.example\.com\/credentials\//);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Close without copying' }).click();
    await page.getByRole('searchbox', { name: 'Search keys' }).fill('outside');
    await page.getByText('1–1 of 1').waitFor();
    await page.getByRole('button', { name: 'Actions for From outside' }).click();
    await page.getByRole('menuitem', { name: 'Withdraw link' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Withdraw link' }).click();
    await page.getByRole('alertdialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Actions for From outside' }).click();
    await page.getByRole('menuitem', { name: 'Renew token' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Renew token' }).click();
    await page.getByRole('heading', { name: 'New token ready' }).waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).first().click();
    await page.getByRole('button', { name: 'Close without copying' }).click();
    await page.getByRole('button', { name: 'Actions for From outside' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('checkbox', { name: /cannot be undone/ }).check();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByText('No key matches').waitFor();
    expect(problems).toEqual([]);
  });

  it('has the looks of the package: tokens, layers and a dark theme', async () => {
    const page = await browser.newPage();
    await page.goto(address);
    const button = page.getByRole('button', { name: 'Generate key' }).first();
    const paint = () => button.evaluate((element) => getComputedStyle(element).backgroundColor);
    expect(await paint()).toBe('rgb(29, 91, 214)');
    await page.evaluate(() => {
      document.documentElement.dataset['theme'] = 'dark';
    });
    await expect.poll(paint).toBe('rgb(122, 168, 255)');
  });

  it('lets the product replace a token without a fight over specificity', async () => {
    const page = await browser.newPage();
    await page.goto(address);
    await page.addStyleTag({ content: ':root { --lk-color-accent: rgb(1, 2, 3); }' });
    const button = page.getByRole('button', { name: 'Generate key' }).first();
    await expect
      .poll(() => button.evaluate((element) => getComputedStyle(element).backgroundColor))
      .toBe('rgb(1, 2, 3)');
  });
});
