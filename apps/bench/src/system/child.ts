import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

/** A process that was started, with what it said. */
export class Child {
  readonly #name: string;
  readonly #process: ChildProcess;
  #output = '';
  readonly ended: Promise<void>;

  constructor(
    name: string,
    command: string,
    args: readonly string[],
    env: Record<string, string> = {},
  ) {
    this.#name = name;
    this.#process = spawn(command, args, {
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        // The end of it is what tells.
        this.#output = (this.#output + text).slice(-64 * 1024);
      });
    }
    this.ended = once(this.#process, 'close').then(() => undefined);
  }

  /** Starts a script of this package, reading the workspace's sources. */
  static node(name: string, script: string, args: readonly string[], env = {}): Child {
    return new Child(
      name,
      process.execPath,
      ['--conditions=@latchkey/source', script, ...args],
      env,
    );
  }

  get output(): string {
    return this.#output;
  }

  get pid(): number {
    const { pid } = this.#process;
    if (pid === undefined) throw new Error(`${this.#name} did not start.`);
    return pid;
  }

  get running(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  signal(signal: NodeJS.Signals): void {
    this.#process.kill(signal);
  }

  /** Sends a signal and waits for the end. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (this.running) this.#process.kill(signal);
    await this.ended;
  }

  /** Asks until the answer is yes. @param what completes "… did not …". */
  async until(what: string, ask: () => boolean | Promise<boolean>, patience = 90_000) {
    const deadline = performance.now() + patience;
    while (!(await ask())) {
      if (!this.running || performance.now() > deadline) {
        throw new Error(`${this.#name} did not ${what}:\n${this.#output}`);
      }
      await delay(20);
    }
  }
}
