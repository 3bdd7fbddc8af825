import { EngineMigration } from './migration.ts';

/** What the overview counts without reading keys: those that expire, which are few. The other figures have their indexes. */
export class Insight extends EngineMigration {
  protected override statements(): string[] {
    return [
      `create index api_key_by_expiry on api_key (account_id, expires_at)
        where expires_at is not null`,
    ];
  }
}
