import { TextField } from '@latchkey/ui';
import type { Profile } from '../../lib/api.ts';
import { readFailure } from '../../lib/failure.ts';
import type { Words } from '../../lib/words/index.ts';
import { useWords } from '../../lib/words/index.ts';
import { CodeField } from '../session/CodeField.tsx';

/** What a person proves with that it is still them: the password, or else a code; nothing where they have neither. */
export type ProofKind = 'password' | 'code' | null;

export function proofKindOf({ hasPassword, secondFactor }: Profile): ProofKind {
  if (hasPassword) return 'password';
  return secondFactor ? 'code' : null;
}

/** What the API takes as the proof. */
export function toProof(kind: ProofKind, value: string) {
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
  readonly kind: Exclude<ProofKind, null>;
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
