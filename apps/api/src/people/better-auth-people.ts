import type { Crypto, Person } from '@latchkey/core';
import { betterAuth, type BetterAuthOptions } from 'better-auth';
import { kyselyAdapter } from '@better-auth/kysely-adapter';
import { APIError } from 'better-auth/api';
import { withHashedSessions } from './hashed-sessions.ts';
import type { People } from './people.ts';

/** What the sign-in library is told. */
export interface BetterAuthPeopleOptions {
  /** The store's own connection. */
  database: { db: Parameters<typeof kyselyAdapter>[0]; type: 'sqlite' | 'postgres' };
  /** The names of its tables and columns. */
  schema: Pick<BetterAuthOptions, 'user' | 'session' | 'account' | 'verification'>;
  publicUrl: string;
  /** Sign the cookies: the first signs, all of them verify. */
  secrets: readonly [string, ...string[]];
  crypto: Pick<Crypto, 'sha256'>;
}

function isRefused(error: unknown, status: number): boolean {
  return error instanceof APIError && error.statusCode === status;
}

function makeAuth(options: BetterAuthPeopleOptions, secret: string) {
  const { crypto, database, publicUrl, schema } = options;
  return betterAuth({
    appName: 'Latchkey',
    baseURL: publicUrl,
    secret,
    database: (known: BetterAuthOptions) =>
      withHashedSessions(kyselyAdapter(database.db, { type: database.type })(known), crypto.sha256),
    emailAndPassword: { enabled: true, minPasswordLength: 8, maxPasswordLength: 128 },
    ...schema,
    advanced: {
      cookiePrefix: 'latchkey',
      useSecureCookies: publicUrl.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' },
    },
    telemetry: { enabled: false },
    logger: { disabled: true },
  });
}

const toPerson = ({ id, email, name }: Person): Person => ({ id, email, name });

/** The people, kept and signed in by better-auth. Its own HTTP routes are not served: sign-up is by invitation alone. */
export function makeBetterAuthPeople(options: BetterAuthPeopleOptions): People {
  const [signing, ...older] = options.secrets;
  const auth = makeAuth(options, signing);
  const all = [auth, ...older.map((secret) => makeAuth(options, secret))];

  return {
    async readSession(headers) {
      for (const { api } of all) {
        const session = await api.getSession({ headers, query: { disableRefresh: true } });
        if (session) return toPerson(session.user);
      }
      return null;
    },
    async signIn(email, password, headers) {
      try {
        const { headers: answered, response } = await auth.api.signInEmail({
          body: { email, password },
          headers,
          returnHeaders: true,
        });
        return { person: toPerson(response.user), cookies: answered.getSetCookie() };
      } catch (error) {
        if (isRefused(error, 401)) return null;
        throw error;
      }
    },
    async signOut(headers) {
      const answers = await Promise.all(
        all.map(async ({ api }) => api.signOut({ headers, returnHeaders: true })),
      );
      return answers[0]?.headers.getSetCookie() ?? [];
    },
    async isRegistered(email) {
      const { internalAdapter } = await auth.$context;
      return (await internalAdapter.findUserByEmail(email)) !== null;
    },
    async register(person) {
      try {
        const { headers: answered, response } = await auth.api.signUpEmail({
          body: person,
          returnHeaders: true,
        });
        return { person: toPerson(response.user), cookies: answered.getSetCookie() };
      } catch (error) {
        if (isRefused(error, 422)) return null;
        throw error;
      }
    },
    async unregister(personId) {
      const { internalAdapter } = await auth.$context;
      await internalAdapter.deleteUser(personId);
    },
  };
}
