import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

import { need, say, Stop } from './steps.mjs';

const apt = '/usr/bin/apt-get';

/**
 * Sees to it that the browser and the web server of the tests are here, and what runs the snippets that integrators copy, by
 * apt-get where that is ours to do.
 *
 * @returns where they are, as the environment variables that the tests read
 */
export async function prepareSystemPackages(env) {
  const missing = [];
  if (!findChromium(env)) missing.push('chromium');
  if (!findNginx(env)) missing.push('nginx');
  for (const name of ['curl', 'python3']) if (!find([name], env)) missing.push(name);

  if (missing.length > 0) {
    const names = missing.join(' ');
    if (process.getuid?.() !== 0 || !isExecutable(apt)) {
      throw new Stop(
        `the tests need ${missing.join(' and ')}: install them (on Debian: apt-get install ${names}), ` +
          'or name Chromium and nginx in CHROMIUM_PATH and NGINX_PATH.',
      );
    }
    const quiet = { env: { ...env, DEBIAN_FRONTEND: 'noninteractive' } };
    await need('apt-get update', apt, ['-qq', 'update'], quiet);
    await need(
      `apt-get install ${names}`,
      apt,
      [
        '-qq',
        '-y',
        '-o=Dpkg::Use-Pty=0',
        '--no-install-recommends',
        'install',
        ...missing,
        'fonts-liberation',
      ],
      quiet,
    );
  }

  const found = { CHROMIUM_PATH: findChromium(env), NGINX_PATH: findNginx(env) };
  if (!found.CHROMIUM_PATH || !found.NGINX_PATH) {
    throw new Stop('apt-get installed Chromium and nginx, and yet they are not to be found.');
  }
  say(`system packages: ${found.CHROMIUM_PATH}, ${found.NGINX_PATH}`);
  return found;
}

function findChromium(env) {
  return env.CHROMIUM_PATH || find(['chromium', 'chromium-browser', 'google-chrome'], env);
}

function findNginx(env) {
  return env.NGINX_PATH || find(['nginx'], env);
}

function find(names, env) {
  // Debian keeps servers in sbin, which is not on everybody's PATH.
  const folders = [...env.PATH.split(delimiter), '/usr/bin', '/usr/sbin', '/usr/local/sbin'];
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
