import { OperatorError } from './operator-error.ts';

/** Ends what cannot succeed, with one line where it is known why. */
export function fail(error: unknown): void {
  const said =
    error instanceof OperatorError
      ? error.message
      : String(error instanceof Error ? error.stack : error);
  process.stderr.write(`${said}\n`);
  process.exitCode = 1;
}
