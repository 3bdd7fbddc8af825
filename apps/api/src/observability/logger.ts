import { pino, type DestinationStream, type Logger } from 'pino';

/** How much is logged, least first. */
export const logLevels = ['silent', 'error', 'warn', 'info', 'debug', 'trace'] as const;

export type LogLevel = (typeof logLevels)[number];

/**
 * What must not stand in a log, whoever put it there: tokens, whatever their prefix; the last segment of links and invitations; passwords in
 * URLs; webhook secrets. No code of ours logs one: this is for what libraries write into their errors.
 */
const secrets: readonly [RegExp, string][] = [
  [/\b[a-z][a-z0-9]{0,15}_[0-9A-Za-z]{49}\b/g, '[secret]'],
  [/((?:credentials|invitations)\/)[0-9A-Za-z]{20,}/g, '$1[secret]'],
  [/(:\/\/[^\s/:@"]*:)[^\s/@"]+@/g, '$1[secret]@'],
  [/\bwhsec_[0-9A-Za-z+/=_-]+/g, '[secret]'],
];

/** Takes secrets out of a line. */
export function redact(line: string): string {
  return secrets.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), line);
}

/**
 * Makes the log: a line of JSON for each event.
 *
 * @param destination where the lines go.
 */
export function makeLogger(level: LogLevel, destination: DestinationStream): Logger {
  return pino({ level }, { write: (line) => destination.write(redact(line)) });
}
