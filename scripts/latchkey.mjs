// The commands of the repository: `npm start`, `npm test`, and those for `npm run`: `storybook`, `latchkey` and `fuzz`. They run on a
// bare Node 20, before anything is installed, and so use nothing but Node itself.
import { randomInt } from 'node:crypto';

import { installPackages } from './packages.mjs';
import { need, run, say, Stop } from './steps.mjs';
import { test } from './tests.mjs';
import { prepareToolchain, root } from './toolchain.mjs';

const commands = { fuzz, latchkey, start, storybook, test };

async function buildServer(env) {
  await installPackages(env);
  const wanted = ['--filter=@latchkey/admin...', '--filter=@latchkey/api...'];
  await need(
    'build',
    'pnpm',
    ['exec', 'turbo', 'run', 'build', ...wanted, '--output-logs=new-only'],
    {
      cwd: root,
      env,
    },
  );
}

async function start(env) {
  await buildServer(env);
  say('starting the server; Ctrl-C stops it');
  return run('node', ['apps/api/dist/main.js'], { cwd: root, env });
}

/** Sends the API far more odd requests than the tests do, from another place each time: its seed repeats it. */
async function fuzz(env) {
  await installPackages(env);
  const { FUZZ_CASES = '5000', FUZZ_SEED = String(randomInt(2 ** 31)) } = env;
  say(`fuzz: ${FUZZ_CASES} requests on each engine; FUZZ_SEED=${FUZZ_SEED} repeats them`);
  const sought = { ...env, FUZZ_CASES, FUZZ_SEED };
  const args = ['--filter', '@latchkey/api', 'exec', 'vitest', 'run', 'test/fuzz'];
  return run('pnpm', args, { cwd: root, env: sought });
}

/** The command line of the server: `npm run latchkey -- backup {file}`. */
async function latchkey(env, args) {
  await buildServer(env);
  return run('node', ['apps/api/dist/command-line/latchkey.js', ...args], { cwd: root, env });
}

async function storybook(env) {
  await installPackages(env);
  return run('pnpm', ['--filter', '@latchkey/ui', 'run', 'storybook'], { cwd: root, env });
}

const [name, ...args] = process.argv.slice(2);
const command = commands[name];
try {
  if (!command) throw new Stop(`expected one of ${Object.keys(commands).join(', ')}; got ${name}.`);
  process.exitCode = await command(prepareToolchain(), args);
} catch (error) {
  if (!(error instanceof Stop)) throw error;
  process.stderr.write(`latchkey: ${error.message}\n`);
  // Whoever counts the tests reads the last line, and a run that could not begin is no success.
  if (command === test) process.stdout.write('0 passed, 1 failed\n');
  process.exitCode = 1;
}
