import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { say, Stop } from './steps.mjs';

const NODE = '24.21.0';

/** The folder of the repository. */
export const root = fileURLToPath(new URL('..', import.meta.url));

const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/**
 * Finds Node 24 and pnpm 12: the ones that run already, or else what npx brings into its own cache.
 *
 * @returns the environment in which `node`, `pnpm` and the tools of the workspace run
 */
export function prepareToolchain() {
  const base = { HOME: homedir(), COREPACK_ENABLE_DOWNLOAD_PROMPT: '0', ...process.env };
  const quiet = {
    DO_NOT_TRACK: '1',
    TURBO_NO_UPDATE_NOTIFIER: '1',
    ...(process.stdout.isTTY ? {} : { NO_COLOR: '1' }),
  };
  const path = hasToolchain(base)
    ? `${dirname(process.execPath)}${delimiter}${base.PATH}`
    : npxPath(base);
  return { ...quiet, ...base, PATH: path };
}

function hasToolchain(env) {
  if (major(process.versions.node) !== major(NODE)) return false;
  try {
    const version = execFileSync('pnpm', ['--version'], {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return major(String(version)) === major(packageManager.split('@')[1]);
  } catch {
    return false;
  }
}

function npxPath(env) {
  say(`toolchain: Node ${NODE} and ${packageManager}, through npx …`);
  const print = `node -p "'PATH=' + process.env.PATH"`;
  try {
    const output = execFileSync(
      'npx',
      ['--yes', `--package=node@${NODE}`, `--package=${packageManager}`, '--call', print],
      { cwd: root, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const path = /^PATH=(.+)$/m.exec(output)?.[1];
    if (path) return path;
  } catch {
    // npx has said why on its own; what it means is said once, below.
  }
  throw new Stop(
    `npx could not bring Node ${NODE} and ${packageManager}; is the npm registry within reach?`,
  );
}

function major(version) {
  return version.trim().split('.')[0];
}
