import type { ApiKey, ExternalKey, IssuedKey, KeyUsage, RoleOption } from '../api-key/types.ts';
import type { KeyFilters } from '../filters/Filters.tsx';
import type { GenerateKeyInput } from '../generate-key-dialog/GenerateKeyDialog.tsx';
import type { EditKeyInput } from '../edit-key-dialog/EditKeyDialog.tsx';
import type { AddExternalKeyInput } from '../external-key-dialogs/ExternalKeyDialogs.tsx';
import type { KeysSort } from '../keys-table/KeysTable.tsx';
import type { RenewalPeriodMonths } from '../renewal-settings/RenewalSettings.tsx';

/**
 * What a backend can do, or a person may do with it. What is not listed disappears from the screen.
 *
 * | capability | methods that it needs |
 * |---|---|
 * | `generate` | `generateKey` |
 * | `expiry` | none: `expiresAt` is taken by `generateKey` and `updateKey` |
 * | `edit` | `updateKey` with name, roles and expiry |
 * | `status` | `updateKey` with status |
 * | `renew` | `renewKey`, `completeRenewal`, `undoRenewal` |
 * | `schedule` | `scheduleRenewal` |
 * | `withdrawLink` | `withdrawLink` |
 * | `delete` | `deleteKey` |
 * | `usage` | `keyCalls` |
 * | `external` | `listExternalKeys`; with `externalEdit` also `addExternalKey`, `updateExternalKey`, `removeExternalKey` |
 * | `export` | `exportKeys`; with `exportChosen` also of some keys only |
 * | `settings` | `readSettings`, `saveSettings` |
 * | `attention` | none: `listKeys` takes the filter of that name, by the rule `attentionOf` |
 */
export type Capability =
  | 'generate'
  | 'expiry'
  | 'edit'
  | 'status'
  | 'renew'
  | 'schedule'
  | 'withdrawLink'
  | 'delete'
  | 'usage'
  | 'external'
  | 'externalEdit'
  | 'export'
  | 'exportChosen'
  | 'settings'
  | 'attention';

/** Which keys are wanted, in which order, from where. */
export interface KeyQuery {
  /** In name or identifier, anywhere, whatever the case; empty for all. */
  readonly search: string;
  readonly filters: KeyFilters;
  readonly sort: KeysSort;
  /** Null for the first page, else the `nextCursor` of the page before. */
  readonly cursor: string | null;
  readonly limit: number;
}

export interface KeyPage {
  readonly items: readonly ApiKey[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
  /** All that match, over all pages. */
  readonly total: number;
}

/** What the renewal alert goes by. */
export interface KeySettings {
  readonly renewalPeriodMonths: RenewalPeriodMonths;
}

/**
 * A backend for `<ApiKeys>`. Implement the two lists and what the capabilities name; prove it with the
 * conformance suite of `@latchkey/ui/testing`.
 *
 * A refusal is a rejection with an `Error` whose `message` is fit for people. One whose `code` is
 * `FORBIDDEN` says that the person may not see it at all: there is nothing to try again then. No method
 * ever hands out a token; a link only in the answer of `generateKey` and `renewKey`.
 */
export interface ApiKeysDataSource {
  readonly capabilities: readonly Capability[];
  listKeys(query: KeyQuery): Promise<KeyPage>;
  /** The roles that exist; `grantable: false` for those that the person may not grant. */
  listRoles(): Promise<readonly RoleOption[]>;

  generateKey?(input: GenerateKeyInput): Promise<IssuedKey>;
  updateKey?(id: string, changes: EditKeyInput): Promise<ApiKey>;
  renewKey?(id: string): Promise<IssuedKey>;
  completeRenewal?(id: string): Promise<ApiKey>;
  undoRenewal?(id: string): Promise<ApiKey>;
  scheduleRenewal?(id: string, completeAt: string | null): Promise<ApiKey>;
  withdrawLink?(id: string): Promise<ApiKey>;
  deleteKey?(id: string): Promise<void>;
  keyCalls?(id: string): Promise<KeyUsage>;
  listExternalKeys?(): Promise<readonly ExternalKey[]>;
  addExternalKey?(input: AddExternalKeyInput): Promise<ExternalKey>;
  updateExternalKey?(
    id: string,
    changes: { readonly roleIds: readonly string[] },
  ): Promise<ExternalKey>;
  removeExternalKey?(id: string): Promise<void>;
  /** Delivers the file itself, such as by starting a download; `ids` is null for all keys. */
  exportKeys?(query: { readonly ids: readonly string[] | null }): Promise<void>;
  readSettings?(): Promise<KeySettings>;
  saveSettings?(settings: KeySettings): Promise<KeySettings>;
  /** Calls back when keys changed elsewhere; answers how to stop. */
  subscribe?(onChange: () => void): () => void;
}

const needed = {
  generate: ['generateKey'],
  expiry: [],
  edit: ['updateKey'],
  status: ['updateKey'],
  renew: ['renewKey', 'completeRenewal', 'undoRenewal'],
  schedule: ['scheduleRenewal'],
  withdrawLink: ['withdrawLink'],
  delete: ['deleteKey'],
  usage: ['keyCalls'],
  external: ['listExternalKeys'],
  externalEdit: ['addExternalKey', 'updateExternalKey', 'removeExternalKey'],
  export: ['exportKeys'],
  exportChosen: ['exportKeys'],
  settings: ['readSettings', 'saveSettings'],
  attention: [],
} as const satisfies Record<Capability, readonly (keyof ApiKeysDataSource)[]>;

/** The methods that a source promises by its capabilities and does not have. */
export function missingMethods(source: ApiKeysDataSource): readonly string[] {
  return source.capabilities.flatMap((capability) =>
    needed[capability].filter((method) => typeof source[method] !== 'function'),
  );
}
