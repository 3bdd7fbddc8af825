/** What can change under the eyes of whoever looks at an account. */
export const nouns = [
  'account',
  'auditEvents',
  'externalKeys',
  'keys',
  'members',
  'roles',
  'settings',
  'webhooks',
] as const;

export type Noun = (typeof nouns)[number];

/** What has changed: never how, and by whom. */
export interface ChangedThing {
  noun: Noun;
  /** Of a single key, its id; `null` for any of its kind. */
  id: string | null;
}
