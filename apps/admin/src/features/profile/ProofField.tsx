import { TextField } from '@latchkey/ui';
import type { Profile } from '../../lib/api.ts';
import { readFailure } from '../../lib/failure.ts';
import type { Words } from '../../lib/words/index.ts';
import { useWords } from '../../lib/words/index.ts';
import { CodeField } from '../session/CodeField.tsx';
import { hasPasskeys, provePasskey } from '../session/passkeys.ts';
import type { PasskeyProof } from '../session/passkeys.ts';

/** What a person proves with that it is still them: the password, or else a code or a passkey; nothing where they have neither. */
export type ProofKind = 'password' | 'code' | 'passkey' | null;

/** What the API takes as the proof. */
export interface Proof {
  password?: string;
  code?: string;
  passkey?: PasskeyProof;
}

export function proofKindOf({ hasPassword, secondFactor }: Profile): ProofKind {
  if (hasPassword) return 'password';
  if (!secondFactor) return null;
  // Without an app and without passkeys in this browser there is still a recovery code.
  return secondFactor.appSince === null && hasPasskeys() ? 'passkey' : 'code';
}

/** Makes the proof of what was typed, or has the browser ask for the passkey. */
export async function toProof(kind: ProofKind, value: string): Promise<Proof> {
  if (kind === 'passkey') return { passkey: await provePasskey() };
  return kind === null ? {} : { [kind]: value };
}

/** What to say at the field when the proof was not taken; `null` when it failed for another reason. */
export function wrongProof(error: unknown, words: Words): string | null {
  const { code } = readFailure(error);
  if (code === 'WRONG_PASSWORD') return words.profile.proof.wrongPassword;
  return code === 'WRONG_CODE' ? words.session.codeWrong : null;
}

/** Asks once more for the password, or for a code. */
export function ProofField(props: {
  readonly kind: 'password' | 'code';
  readonly value: string;
  readonly onValueChange: (value: string) => void;
  readonly error: string | undefined;
}) {
  const { kind, ...field } = props;
  const words = useWords().profile.proof;
  if (kind === 'code') return <CodeField {...field} />;
  return (
    <TextField
      {...field}
      label={words.password}
      hint={words.hint}
      type="password"
      autoComplete="current-password"
      required
    />
  );
}
