import { DatabaseSync } from 'node:sqlite';

/** Opens the SQLite file of a Latchkey beside it, for what no request can bring about, and closes it again. */
export function withDatabase<T>(file: string, work: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(file, { timeout: 5000 });
  try {
    return work(database);
  } finally {
    database.close();
  }
}

/** Lets a key and its tokens be as old as if they had been made so many days ago. */
export function age(file: string, key: { readonly id: string }, days: number): void {
  const by = days * 24 * 60 * 60 * 1000;
  withDatabase(file, (database) => {
    database
      .prepare(
        `update api_key set created_at = created_at - :by, three_months_old_at = three_months_old_at - :by,
           six_months_old_at = six_months_old_at - :by, nine_months_old_at = nine_months_old_at - :by
         where id = :id`,
      )
      .run({ by, id: key.id });
    database
      .prepare('update api_token set created_at = created_at - :by where key_id = :id')
      .run({ by, id: key.id });
  });
}
