import type { Result } from '@latchkey/core';
import type { Context } from './context.ts';
import { RefusalError, unwrap } from './refusal-error.ts';

/**
 * Opens a link for somebody who has not opened too many that were gone: only those count.
 *
 * @param look finds what the link leads to, or refuses.
 * @throws {RefusalError}
 */
export async function openLink<Found>(
  { from, limits }: Pick<Context, 'from' | 'limits'>,
  look: () => Promise<Result<Found>>,
): Promise<Found> {
  const limited = await limits.openLink(from);
  if (limited) throw new RefusalError(limited);
  const found = unwrap(await look());
  await limits.foundLink(from);
  return found;
}
