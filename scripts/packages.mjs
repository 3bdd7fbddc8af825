import { need } from './steps.mjs';
import { root } from './toolchain.mjs';

/** Installs exactly what the lockfile says. Takes a moment when it is all there. */
export async function installPackages(env) {
  await need(
    'packages',
    'pnpm',
    ['install', '--frozen-lockfile', '--prefer-offline', '--config.confirmModulesPurge=false'],
    { cwd: root, env },
  );
}
