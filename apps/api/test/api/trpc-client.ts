import { createTRPCClient, httpBatchLink } from '@trpc/client';
import type { AppRouter } from '../../src/trpc/router.ts';

/** A typed client, as the SPA and integrations have it. @param headers a session's cookie or a credential. */
export function makeTrpcClient(url: string, headers: Record<string, string>) {
  return createTRPCClient<AppRouter>({
    links: [httpBatchLink({ url: `${url}/trpc`, headers })],
  });
}

export type TrpcClient = ReturnType<typeof makeTrpcClient>;
