import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeOutsideService } from './outside-service.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));

/** What the package needs of ours. */
const freshCache = fileURLToPath(new URL('../../fresh-cache', import.meta.url));

async function pnpm(args: readonly string[], cwd: string): Promise<string> {
  const { stdout } = await run('pnpm', [...args], { cwd, maxBuffer: 50_000_000 });
  return stdout;
}

/** Packs a package as it would be published. @returns the tarball. */
async function pack(package_: string, folder: string): Promise<string> {
  const packed = await pnpm(['pack', '--json', '--pack-destination', folder], package_);
  return (JSON.parse(packed) as { filename: string }).filename;
}

let folder: string;
let tarball: string;
let cacheTarball: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-client-'));
  await pnpm(['run', 'build'], root);
  // Others may be running what is built of it.
  if (!existsSync(join(freshCache, 'dist'))) await pnpm(['run', 'build'], freshCache);
  tarball = await pack(root, folder);
  cacheTarball = await pack(freshCache, folder);
}, 240_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the packed package', () => {
  it('gives publint nothing to say', async () => {
    const { messages } = await publint({ pkgDir: root, strict: true });
    expect(messages).toEqual([]);
  });

  it('gives every importer its types (@arethetypeswrong/cli)', async () => {
    const attw = join(root, 'node_modules/.bin/attw');
    const { stdout } = await run(
      attw,
      [tarball, '--profile', 'esm-only', '--format', 'json', '--no-definitely-typed'],
      { maxBuffer: 50_000_000 },
    );
    const { analysis } = JSON.parse(stdout) as {
      analysis: { problems: { resolutionKind?: string }[] };
    };
    // ESM only: node10 and CommonJS are not served, and say so by themselves.
    const served = analysis.problems.filter(
      ({ resolutionKind }) => resolutionKind !== 'node10' && resolutionKind !== 'node16-cjs',
    );
    expect(served).toEqual([]);
  });

  it('carries what is built, and no test', async () => {
    const { stdout } = await run('tar', ['-tzf', tarball]);
    expect(stdout).toContain('package/dist/verifier/index.js');
    expect(stdout).toContain('package/LICENSE');
    expect(stdout).not.toMatch(/\.test\.|package\/(src|test)\//);
  });
});

describe('a service outside of the workspace', () => {
  let service: string;
  beforeAll(async () => {
    service = join(folder, 'service');
    await writeOutsideService(service, tarball, cacheTarball);
    await pnpm(['install', '--prefer-offline', '--ignore-scripts'], service);
  }, 240_000);

  it('has the identity typed on the request of Express, Fastify and Hono', async () => {
    // It prints what is wrong.
    expect(await pnpm(['exec', 'tsc', '--noEmit'], service)).toBe('');
  });

  it('guards a route with each of them', async () => {
    const { stdout } = await run(process.execPath, ['src/main.ts'], { cwd: service });
    expect(JSON.parse(stdout)).toEqual({
      express: [401, 503],
      fastify: [401, 503],
      hono: [401, 503],
    });
  });
});
