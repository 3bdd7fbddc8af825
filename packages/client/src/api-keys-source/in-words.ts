import type { AppRouter } from '@latchkey/api/router';
import type { TRPCClientError } from '@trpc/client';

/**
 * Waits for a call. Of bad input the API says field by field what is wrong: its words become those of
 * the error, which is what `<ApiKeys>` shows.
 */
export async function inWords<Answer>(call: Promise<Answer>): Promise<Answer> {
  try {
    return await call;
  } catch (error) {
    const refusal = (error as Partial<TRPCClientError<AppRouter>>).data?.refusal;
    if (!refusal || !('fields' in refusal) || !refusal.fields?.length) throw error;
    const words = refusal.fields.map(({ message }) => message).join(' ');
    throw new Error(words, { cause: error });
  }
}
