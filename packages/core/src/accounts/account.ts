/** The tenant that owns keys, roles, members and settings. */
export interface Account {
  id: string;
  /** `[a-z0-9-]{2,40}`, unique in the instance, never changed: identifiers carry it. */
  slug: string;
  name: string;
  renewalPeriodMonths: RenewalPeriodMonths;
  createdAt: Date;
}

/** The age, in calendar months, from which a token's renewal is due. */
export const renewalPeriods = [3, 6] as const;
export type RenewalPeriodMonths = (typeof renewalPeriods)[number];

export const slugPattern = /^[a-z0-9-]{2,40}$/;
