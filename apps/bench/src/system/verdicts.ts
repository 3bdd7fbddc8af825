import type { Credential } from './admin.ts';
import { needed } from './endings.ts';

/** What a node says of a credential that needs a permission; `undefined` when it does not answer in time. */
export async function ask(
  url: string,
  { token }: Credential,
  patience = 1500,
): Promise<string | undefined> {
  try {
    const answer = await fetch(`${url}/v1/verify`, {
      method: 'POST',
      body: JSON.stringify({ token, permission: needed }),
      signal: AbortSignal.timeout(patience),
    });
    if (!answer.ok) return undefined;
    return ((await answer.json()) as { code: string }).code;
  } catch {
    return undefined;
  }
}

/** What forward-auth says of a credential, with whatever refuses it as its status; `undefined` when it does not answer in time. */
export async function askForwardAuth(
  url: string,
  { token }: Credential,
): Promise<string | undefined> {
  try {
    const answer = await fetch(`${url}/v1/forward-auth?permission=${needed}`, {
      headers: { Authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(1500),
    });
    await answer.text();
    return answer.ok ? 'VALID' : String(answer.status);
  } catch {
    return undefined;
  }
}
