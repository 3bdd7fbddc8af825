/** Who presented a valid credential. Shared by everybody who asks: read it, never change it. */
export interface Identity {
  /** The slug of the account whose resources are asked for. */
  readonly account: string;
  readonly key: {
    readonly id: string;
    /** The identifier, which may be shown and logged. */
    readonly key: string;
    readonly name: string;
    /** The slug of the account that owns the key. */
    readonly account: string;
  };
  readonly roles: readonly string[];
  readonly permissions: readonly string[];
}

/** Why a credential is refused; `UNAVAILABLE` when nobody could be asked. */
export type RefusalCode =
  | 'INVALID_CREDENTIALS'
  | 'INACTIVE'
  | 'EXPIRED'
  | 'INSUFFICIENT_PERMISSIONS'
  | 'UNAVAILABLE';

/** What a credential is worth. */
export type Verdict =
  | { readonly valid: true; readonly code: 'VALID'; readonly identity: Identity }
  | { readonly valid: false; readonly code: RefusalCode };

/** A refusal, made once for each code. */
export const refused: { readonly [Code in RefusalCode]: Verdict } = {
  INVALID_CREDENTIALS: { valid: false, code: 'INVALID_CREDENTIALS' },
  INACTIVE: { valid: false, code: 'INACTIVE' },
  EXPIRED: { valid: false, code: 'EXPIRED' },
  INSUFFICIENT_PERMISSIONS: { valid: false, code: 'INSUFFICIENT_PERMISSIONS' },
  UNAVAILABLE: { valid: false, code: 'UNAVAILABLE' },
};
