import { DatabaseSync } from 'node:sqlite';
import { apiKey } from '@better-auth/api-key';
import { betterAuth, type BetterAuthPlugin } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';

/** better-auth with its API-key plugin, as its own guide sets it up, on a SQLite file. */
export interface Peer {
  /** A key to verify. */
  key: string;
  verify(key: string): Promise<boolean>;
  close(): void;
}

/** The plugin's endpoints that are used here. */
interface KeyApi {
  createApiKey(given: { body: { name: string; userId: string } }): Promise<{ key: string }>;
  verifyApiKey(given: { body: { key: string } }): Promise<{ valid: boolean }>;
}

/** Whether a verification, which the peer writes down, waits for the disk: `full`, as our own store does, or `normal`. */
export type Synchronous = 'full' | 'normal';

/** Opens the peer with its limit of requests off, which spares it a check. */
export async function openPeer(path: string, synchronous: Synchronous): Promise<Peer> {
  const database = new DatabaseSync(path);
  database.exec(`pragma journal_mode = wal; pragma synchronous = ${synchronous}`);
  const options = {
    database,
    baseURL: 'http://127.0.0.1',
    secret: 'a secret of no importance to a benchmark, yet long enough',
    emailAndPassword: { enabled: true },
    // The two packages bring different patches of what they share, so that their types do not meet; the code does.
    plugins: [apiKey({ rateLimit: { enabled: false } }) as unknown as BetterAuthPlugin],
    telemetry: { enabled: false },
    logger: { disabled: true },
  };
  const auth = betterAuth(options);
  await (await getMigrations(options)).runMigrations();
  const { user } = await auth.api.signUpEmail({
    body: { email: 'owner@acme.example', password: 'correct horse battery', name: 'Owner' },
  });
  const keys = auth.api as unknown as KeyApi;
  const { key } = await keys.createApiKey({ body: { name: 'Benchmark', userId: user.id } });
  return {
    key,
    verify: async (presented) => (await keys.verifyApiKey({ body: { key: presented } })).valid,
    close: () => database.close(),
  };
}
