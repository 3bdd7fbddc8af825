import { QueryClient } from '@tanstack/react-query';
import { connectionLost } from './connection.ts';
import { readFailure } from './failure.ts';

/**
 * What is asked once is kept and asked again when the person comes back to it. Only a call that did not
 * reach the API, or met a fault of its own, is tried again: a refusal stays one.
 */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (count, error) => {
        const { code } = readFailure(error);
        return count < 2 && (code === 'UNREACHABLE' || code === 'INTERNAL_ERROR');
      },
      retryDelay: (attempt) => 400 * 2 ** attempt,
      // The page is on the API's own host, which may well be this machine.
      networkMode: 'always',
    },
  },
});

connectionLost.subscribe(() => {
  if (!connectionLost.get()) void queryClient.invalidateQueries();
});
