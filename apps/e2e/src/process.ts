import { spawn } from 'node:child_process';
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';

/** How a process ended, and all that it printed. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A started process whose output is kept. */
export class Process {
  readonly #child: ChildProcess;
  readonly #name: string;
  #stdout = '';
  #stderr = '';
  readonly exited: Promise<Exit>;

  constructor(name: string, command: string, args: readonly string[], options: SpawnOptions) {
    this.#name = name;
    this.#child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => (this.#stdout += text));
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.#stderr += text));
    this.exited = once(this.#child, 'close').then(() => ({
      code: this.#child.exitCode,
      signal: this.#child.signalCode,
      stdout: this.#stdout,
      stderr: this.#stderr,
    }));
  }

  /** What it printed so far, both streams. */
  get output(): string {
    return this.#stdout + this.#stderr;
  }

  /**
   * Asks again and again until there is an answer.
   *
   * @param what completes the sentence "… did not …" when the process ends or the time is up before
   * @param milliseconds how long to wait
   */
  async until<T>(
    what: string,
    ask: () => T | undefined | Promise<T | undefined>,
    milliseconds = 120_000,
  ): Promise<T> {
    const deadline = performance.now() + milliseconds;
    while (performance.now() < deadline) {
      const answer = await ask();
      if (answer !== undefined) return answer;
      if (this.#child.exitCode !== null || this.#child.signalCode !== null) {
        throw new Error(`${this.#name} ended and did not ${what}:\n${this.output}`);
      }
      await setTimeout(50);
    }
    throw new Error(`${this.#name} did not ${what} in ${milliseconds} ms:\n${this.output}`);
  }

  /** Sends a signal and waits for the end. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<Exit> {
    this.#child.kill(signal);
    return this.exited;
  }
}
