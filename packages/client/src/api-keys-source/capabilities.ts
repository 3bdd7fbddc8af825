import type { Capability } from '@latchkey/ui/api-keys';

/** What a person may do in an account, as the API tells it. */
export interface Allowed {
  /** Whether every role is theirs to grant. */
  owner: boolean;
  permissions: readonly string[];
}

/** Which permissions open each capability: one of them does. */
const opening = {
  generate: ['keys.edit'],
  expiry: ['keys.edit'],
  edit: ['keys.edit'],
  status: ['keys.edit'],
  renew: ['keys.renew'],
  schedule: ['keys.renew'],
  withdrawLink: ['keys.edit', 'keys.renew'],
  delete: ['keys.edit'],
  usage: ['keys.view'],
  external: ['keys.view'],
  externalEdit: ['keys.edit'],
  settings: ['keys.settings'],
  attention: ['keys.view'],
  export: ['keys.view'],
  // The API's spreadsheet is of the whole account.
  exportChosen: [],
} as const satisfies Record<Capability, readonly string[]>;

/** What the source can do for somebody. */
export function capabilitiesOf({ permissions }: Allowed): readonly Capability[] {
  const entries = Object.entries(opening) as [Capability, readonly string[]][];
  return entries
    .filter(([, oneOf]) => oneOf.some((permission) => permissions.includes(permission)))
    .map(([capability]) => capability);
}

/** Whether somebody may grant a role: nobody hands out what they do not hold. */
export function mayGrant({ owner, permissions }: Allowed, role: readonly string[]): boolean {
  return owner || role.every((permission) => permissions.includes(permission));
}
