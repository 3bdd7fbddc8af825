/** Writes a measured figure among the results of the tests. */
export function report(line: string): void {
  process.stdout.write(`${line}\n`);
}
