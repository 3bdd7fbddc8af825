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
