import type { AppRouter } from '@latchkey/api/router';
import type { TRPCClientError } from '@trpc/client';

/**
 * Waits for a call. Of bad input the API says field by field what is wrong: its words become those of
 * the error, which is what `<ApiKeys>` shows. What the caller may not do has the code `FORBIDDEN`.
 */
export async function inWords<Answer>(call: Promise<Answer>): Promise<Answer> {
  try {
    return await call;
  } catch (error) {
    const { data, message: reason } = error as Partial<TRPCClientError<AppRouter>>;
    if (data?.code === 'FORBIDDEN') {
      throw Object.assign(new Error(reason, { cause: error }), { code: 'FORBIDDEN' });
    }
    const refusal = data?.refusal;
    if (!refusal || !('fields' in refusal) || !refusal.fields?.length) throw error;
    const words = refusal.fields.map(({ message }) => message).join(' ');
    throw new Error(words, { cause: error });
  }
}
