import type { IncomingMessage, ServerResponse } from 'node:http';
import { credentialQuestion } from '../../contract/remote-verification.ts';
import { sendJson } from '../answer.ts';
import type { CredentialCache } from '../credential-cache.ts';
import type { Verifier } from '../verifier.ts';
import type { Visitor } from './door.ts';
import { readJson } from './read-json.ts';
import type { Receipts } from './receipts.ts';

/** Tells a remote verifier what a credential is worth in its account, so that it can answer by itself from then on. */
export async function answerCredential(
  verifier: Verifier,
  credentials: Pick<CredentialCache, 'age'>,
  receipts: Receipts,
  { account }: Visitor,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const said = await readJson(request, response, credentialQuestion);
  if (!said) return;
  const { key, token } = said;
  const { verdict, sighting } = await verifier({
    key,
    token,
    account: account.slug,
    permissions: [],
  });
  const known = sighting?.value;
  const credential = verdict.valid ? known : undefined;
  // Only to who holds the right token; of other refusals it would tell why.
  const isOfKey = verdict.code === 'INACTIVE' || verdict.code === 'EXPIRED';
  sendJson(response, 200, {
    verdict,
    ...(sighting && { age: Math.max(0, credentials.age(sighting)) }),
    ...(isOfKey && known && { keyId: known.keyId }),
    ...(credential && {
      expiresAt: credential.expiresAt,
      endsAt: credential.endsAt,
      receipt: receipts.issue(account.id, credential),
    }),
  });
}
