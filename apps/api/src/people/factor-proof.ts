import type { Refusal } from '@latchkey/core';
import type { Assertion } from '../contract/webauthn.ts';
import type { Answer, Passkeys } from './passkeys.ts';
import type { SecondFactors } from './second-factors.ts';

/** A code of the app or a recovery code, or a passkey. */
export type FactorProof =
  | { code: string; passkey?: undefined }
  | { code?: undefined; passkey: Answer<Assertion> };

/** What checks a proof, and the headers of the request that it came in. */
export interface FactorChecks {
  passkeys: Pick<Passkeys, 'check'>;
  secondFactors: Pick<SecondFactors, 'check'>;
  headers: Headers;
}

const wrongCode: Refusal = {
  code: 'WRONG_CODE',
  detail: 'The code is wrong, or was used before.',
};
const wrongPasskey: Refusal = {
  code: 'WRONG_PASSKEY',
  detail: 'The passkey is not yours here, or this took too long. Begin again.',
};

/** The proof among what somebody may have shown; `undefined` when they showed none. A passkey goes before a code. */
export function readFactorProof(shown: {
  code?: string | undefined;
  passkey?: Answer<Assertion> | undefined;
}): FactorProof | undefined {
  if (shown.passkey) return { passkey: shown.passkey };
  return shown.code === undefined ? undefined : { code: shown.code };
}

/** Why a second factor is not taken; `null` when it is, and is used up by that. */
export async function refuseFactor(
  { passkeys, secondFactors, headers }: FactorChecks,
  personId: string,
  { code, passkey }: FactorProof,
): Promise<Refusal | null> {
  if (passkey) return (await passkeys.check(personId, passkey, headers)) ? null : wrongPasskey;
  return (await secondFactors.check(personId, code)) ? null : wrongCode;
}
