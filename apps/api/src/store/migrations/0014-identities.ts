import { EngineMigration } from './migration.ts';

/** What an identity provider calls somebody is one person's, and nobody has two names there. */
export class Identities extends EngineMigration {
  protected override statements(): string[] {
    return [
      `create unique index person_credential_by_identity
        on person_credential (provider_id, provider_account_id)`,
      // Also finds what a person signs in with, as the index before it did.
      'create unique index person_credential_by_provider on person_credential (person_id, provider_id)',
      'drop index person_credential_by_person',
    ];
  }
}
