import { spawn } from 'node:child_process';
import { constants } from 'node:os';

const running = new Set();
let stoppedBy;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    stoppedBy ??= signal;
    // A child in the same terminal may have the signal already; it stops the same way the second time.
    for (const child of running) child.kill(signal);
  });
}

/** Says a line about the work itself, apart from what the tools print. */
export function say(line) {
  process.stdout.write(`latchkey: ${line}\n`);
}

/** A failure that needs no stack: its message is the one line that the user reads. */
export class Stop extends Error {}

/**
 * Runs a command to its end and passes signals on to it.
 *
 * @returns its exit code, or 128 and the number of the signal that ended it
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], ...options });
    running.add(child);
    child.once('error', (error) => {
      running.delete(child);
      reject(new Stop(`${command} could not be started: ${error.message}`));
    });
    child.once('exit', (code, signal) => {
      running.delete(child);
      resolve(code ?? 128 + constants.signals[signal]);
    });
  });
}

/**
 * Announces a step, runs its command and says how long it took.
 *
 * @returns whether it ended with exit code 0
 */
export async function step(title, command, args, options) {
  say(`${title} …`);
  const begun = performance.now();
  const code = await run(command, args, options);
  if (stoppedBy) process.exit(128 + constants.signals[stoppedBy]);
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  say(code === 0 ? `${title}: done in ${seconds} s` : `${title}: FAILED (exit code ${code})`);
  return code === 0;
}

/** A {@link step} without which nothing further makes sense. */
export async function need(title, command, args, options) {
  if (!(await step(title, command, args, options))) {
    throw new Stop(`stopped at "${title}"; what went wrong stands above.`);
  }
}
