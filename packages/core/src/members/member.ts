/** A person who manages an account, or is invited to. */
export interface Member {
  id: string;
  accountId: string;
  /** Lower case; unique in the account. */
  email: string;
  /** Empty until an invited person joins. */
  name: string;
  roleIds: readonly string[];
  createdAt: Date;
  membership: Membership;
}

export type Membership =
  | { state: 'invited'; invitationHash: string; expiresAt: Date }
  | { state: 'active'; personId: string; joinedAt: Date };

/** How long an invitation can be accepted, in milliseconds: 7 days. */
export const invitationLifetime = 7 * 24 * 60 * 60 * 1000;
