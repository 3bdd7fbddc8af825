/** The store: core's repositories on SQLite or PostgreSQL. The only place that knows MikroORM. */
export type { Change, ChangeListener, ChangeStream } from './changes/change.ts';
export { isTaken } from './database.ts';
export { parseDatabaseUrl, type DatabaseLocation } from './database-url.ts';
export { backUp, type WriteLine } from './archive/back-up.ts';
export { restore } from './archive/restore.ts';
export * from './errors.ts';
export { inspect, type Inspection } from './inspect.ts';
export { openStore, type OpenStore } from './open-store.ts';
export { peopleSchema } from './people.ts';
