import { z } from 'zod';
import { entities } from '../entities/index.ts';

/** A value as JSON has it; bytes are an object of their own. */
const value = z.union([
  z.null(),
  z.string(),
  z.number(),
  z.boolean(),
  z.strictObject({ bytes: z.base64() }),
]);

export type ArchivedValue = z.infer<typeof value>;

/** The first line. */
export const archiveHead = z.strictObject({
  format: z.literal('latchkey-archive-1'),
  madeAt: z.iso.datetime(),
  /** The migrations that the database had: the shape of its tables. */
  migrations: z.array(z.string()),
});

/** A row of a table. */
export const archivedRow = z.strictObject({
  table: z.string(),
  row: z.record(z.string(), value),
});

/** The last line: an archive without it is not whole. */
export const archiveEnd = z.strictObject({ rows: z.int() });

export type ArchiveHead = z.infer<typeof archiveHead>;
export type ArchivedRow = z.infer<typeof archivedRow>;

/**
 * What lives for hours and can be had again: it is not in an archive, and restoring one ends it. Nobody is signed in after that.
 */
const passing = new Set([
  'person_session',
  'person_verification',
  'person_used_challenge',
  'person_password_reset',
  'idempotency_record',
]);

type Entity = (typeof entities)[number];

export const tableOf = ({ tableName }: Entity): string => tableName;

/** Every table, each after those that it refers to. */
export const tables: readonly Entity[] = [...entities].sort(
  // People refer to nobody but each other, and everybody may refer to them.
  (a, b) => Number(tableOf(b).startsWith('person')) - Number(tableOf(a).startsWith('person')),
);

/** The tables that an archive holds. */
export const archivedTables = tables.filter((entity) => !passing.has(tableOf(entity)));
