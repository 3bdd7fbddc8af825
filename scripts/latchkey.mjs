// The commands of the repository: `npm start`, `npm test`, `npm run storybook` and `npm run latchkey`. They run on a bare Node 20, before anything is
// installed, and so use nothing but Node itself.
import { installPackages } from './packages.mjs';
import { need, run, say, Stop } from './steps.mjs';
import { test } from './tests.mjs';
import { prepareToolchain, root } from './toolchain.mjs';

const commands = { latchkey, start, storybook, test };

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
