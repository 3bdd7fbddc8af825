import type { KeyStatus } from '../keys/key.ts';

/** A key that another account owns and that this account has granted roles to. */
export interface ExternalKey {
  id: string;
  /** The account that grants. */
  accountId: string;
  /** The owner's key. It may be gone: no foreign key crosses accounts. */
  keyId: string;
  /** Its identifier. */
  key: string;
  /** The slug of the account that owns the key. */
  owner: string;
  roleIds: readonly string[];
  addedAt: Date;
  version: number;
}

/** What an external key is worth now: its owner's deactivation or deletion ends it everywhere. */
export type ExternalKeyStatus = KeyStatus | 'deleted';
