import type { ProblemReason } from './problem.ts';

type Outage = 'full' | 'read-only' | 'unreachable';

/** How the engines, and the way to them, say that they cannot serve: SQLite's result codes, PostgreSQL's SQLSTATE, Node's error codes. */
const outages: Record<Outage, readonly (string | number)[]> = {
  full: [13, '53100', 'ENOSPC', 'EDQUOT'],
  'read-only': [8, '25006', 'EROFS'],
  unreachable: [
    // SQLite: busy, input or output failed, cannot open.
    5,
    10,
    14,
    // PostgreSQL: too many connections, shutting down, starting up; the connection itself.
    '53300',
    '57P01',
    '57P02',
    '57P03',
    '08000',
    '08001',
    '08003',
    '08004',
    '08006',
    'ECONNREFUSED',
    'ECONNRESET',
    'EPIPE',
    'ETIMEDOUT',
    'ENOTFOUND',
  ],
};

const details: Record<Outage, string> = {
  full: "The database's disk is full, so nothing was changed. Tell whoever runs this server.",
  'read-only':
    'The database takes no changes at the moment, so nothing was changed. Try again later.',
  unreachable: 'The database does not answer at the moment. Try again.',
};

/** SQLite's extended result codes have the plain one in their lowest byte. */
const plain = (code: unknown) => (typeof code === 'number' ? code % 256 : code);

function findOutage(error: unknown, depth = 0): Outage | undefined {
  if (!(error instanceof Error) || depth > 5) return undefined;
  const codes = [
    'errcode' in error ? plain(error.errcode) : undefined,
    'code' in error ? error.code : undefined,
  ];
  const found = (Object.keys(outages) as Outage[]).find((outage) =>
    codes.some((code) => outages[outage].includes(code as string)),
  );
  // `pg` says in words alone that a connection that it was given broke.
  const broke = /^(Connection terminated|timeout exceeded when trying to connect)/.test(
    error.message,
  );
  return found ?? (broke ? 'unreachable' : findOutage(error.cause, depth + 1));
}

/** What everybody outside sees of what is nobody's fault there: that the database cannot serve, or a defect. The log says more. */
export function describeFault(error: unknown): ProblemReason {
  const outage = findOutage(error);
  return outage
    ? { code: 'UNAVAILABLE', detail: details[outage], retryAfter: 5 }
    : { code: 'INTERNAL_ERROR', detail: 'Something went wrong on our side. Try again.' };
}
