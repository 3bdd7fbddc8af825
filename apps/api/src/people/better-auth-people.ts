import type { Crypto, Person } from '@latchkey/core';
import { betterAuth, type BetterAuthOptions } from 'better-auth';
import { kyselyAdapter } from '@better-auth/kysely-adapter';
import { passwordIssuer, type Identity, type IdentityRecords } from '../contract/identities.ts';
import { beginSessionPlugin } from './begin-session.ts';
import { withHashedSessions } from './hashed-sessions.ts';
import { activityPrecision, type People, type Session } from './people.ts';
import { cookiePrefix } from './session-cookie.ts';

/** What the sign-in library is told. */
export interface BetterAuthPeopleOptions {
  /** The store's own connection. */
  database: { db: Parameters<typeof kyselyAdapter>[0]; type: 'sqlite' | 'postgres' };
  /** The names of its tables and columns. */
  schema: Pick<BetterAuthOptions, 'user' | 'session' | 'account' | 'verification'>;
  identities: IdentityRecords;
  publicUrl: string;
  /** Sign the cookies: the first signs, all of them verify. */
  secrets: readonly [string, ...string[]];
  crypto: Pick<Crypto, 'sha256'>;
  /** Whether an error of the database says that a value which must be unique is taken. */
  isTaken: (error: unknown) => boolean;
  /** Hears when a session's use could not be noted, which stops nobody. */
  onError: (error: unknown) => void;
}

function makeAuth(options: BetterAuthPeopleOptions, secret: string) {
  const { crypto, database, publicUrl, schema } = options;
  return betterAuth({
    appName: 'Latchkey',
    baseURL: publicUrl,
    secret,
    database: (known: BetterAuthOptions) =>
      withHashedSessions(
        kyselyAdapter(database.db, { type: database.type, transaction: true })(known),
        crypto.sha256,
      ),
    emailAndPassword: { enabled: true },
    ...schema,
    advanced: {
      // It would put a weaker prefix of its own before the name.
      useSecureCookies: false,
      cookiePrefix: cookiePrefix(publicUrl),
      defaultCookieAttributes: {
        httpOnly: true,
        sameSite: 'lax',
        secure: publicUrl.startsWith('https:'),
      },
    },
    plugins: [beginSessionPlugin],
    telemetry: { enabled: false },
    logger: { disabled: true },
  });
}

const toPerson = ({ id, email, name }: Person): Person => ({ id, email, name });

/** What a person signs in with, as the sign-in library keeps it. */
const toCredential = (personId: string, { issuer, subject }: Identity) => ({
  userId: personId,
  accountId: subject,
  providerId: issuer,
  createdAt: new Date(),
  updatedAt: new Date(),
});

interface SessionRow {
  id: string;
  userAgent?: string | null | undefined;
  ipAddress?: string | null | undefined;
  createdAt: Date;
  updatedAt: Date;
}

const toSession = ({ id, userAgent, ipAddress, createdAt, updatedAt }: SessionRow): Session => ({
  id,
  userAgent: userAgent || null,
  from: ipAddress || null,
  createdAt,
  lastActiveAt: updatedAt,
});

/**
 * The people, kept by better-auth. Its own HTTP routes are not served: sign-up is by invitation alone, and how a sign-in goes, with
 * which proofs, is decided here.
 */
export function makeBetterAuthPeople(options: BetterAuthPeopleOptions): People {
  const [signing, ...older] = options.secrets;
  const auth = makeAuth(options, signing);
  const all = [auth, ...older.map((secret) => makeAuth(options, secret))];

  /** Notes that a session is in use, unless that was noted a moment ago. */
  async function noteActivity({ token, updatedAt }: { token: string; updatedAt: Date }) {
    if (Date.now() - updatedAt.getTime() < activityPrecision) return;
    try {
      const { internalAdapter } = await auth.$context;
      await internalAdapter.updateSession(token, { updatedAt: new Date() });
    } catch (error) {
      options.onError(error);
    }
  }

  const people: People = {
    async readSession(headers) {
      for (const { api } of all) {
        const found = await api.getSession({ headers, query: { disableRefresh: true } });
        if (found) {
          await noteActivity(found.session);
          return { id: found.session.id, person: toPerson(found.user) };
        }
      }
      return null;
    },

    async checkPassword(email, given) {
      const { internalAdapter, password } = await auth.$context;
      const found = await internalAdapter.findUserByEmail(email, { includeAccounts: true });
      const hash = found?.accounts.find(
        ({ providerId }) => providerId === passwordIssuer,
      )?.password;
      if (!found || !hash) {
        await password.hash(given);
        return null;
      }
      return (await password.verify({ hash, password: given })) ? toPerson(found.user) : null;
    },

    async beginSession(person, { headers, from }) {
      const former = await people.readSession(headers);
      const { headers: answered, response } = await auth.api.beginSession({
        body: { personId: person.id, from },
        headers,
        returnHeaders: true,
      });
      if (former) await people.endSession(former.person.id, former.id);
      return { person: toPerson(response.user), cookies: answered.getSetCookie() };
    },

    async signOut(headers) {
      const answers = await Promise.all(
        all.map(async ({ api }) => api.signOut({ headers, returnHeaders: true })),
      );
      return answers[0]?.headers.getSetCookie() ?? [];
    },

    async listSessions(personId) {
      const { adapter } = await auth.$context;
      const rows = await adapter.findMany<SessionRow>({
        model: 'session',
        where: [
          { field: 'userId', value: personId },
          { field: 'expiresAt', value: new Date(), operator: 'gt' },
        ],
        sortBy: { field: 'updatedAt', direction: 'desc' },
        limit: 1000,
      });
      return rows.map(toSession);
    },

    async endSession(personId, id) {
      const { adapter } = await auth.$context;
      const where = [
        { field: 'userId', value: personId },
        { field: 'id', value: id },
      ];
      return (await adapter.deleteMany({ model: 'session', where })) > 0;
    },

    async endSessions(personId, but) {
      const { adapter } = await auth.$context;
      await adapter.deleteMany({
        model: 'session',
        where: [
          { field: 'userId', value: personId },
          ...(but === undefined ? [] : [{ field: 'id', value: but, operator: 'ne' as const }]),
        ],
      });
    },

    async find(email) {
      const { internalAdapter } = await auth.$context;
      const found = await internalAdapter.findUserByEmail(email);
      return found && toPerson(found.user);
    },

    async get(personId) {
      const { internalAdapter } = await auth.$context;
      const found = await internalAdapter.findUserById(personId);
      return found && toPerson(found);
    },

    async findByIdentity({ issuer, subject }) {
      const { adapter } = await auth.$context;
      const where = [
        { field: 'providerId', value: issuer },
        { field: 'accountId', value: subject },
      ];
      const found = await adapter.findOne<{ userId: string }>({ model: 'account', where });
      return found && people.get(found.userId);
    },

    async isConnected(personId, issuer) {
      const { adapter } = await auth.$context;
      const where = [
        { field: 'userId', value: personId },
        { field: 'providerId', value: issuer },
      ];
      return (await adapter.count({ model: 'account', where })) > 0;
    },

    async connect(personId, identity) {
      const { adapter } = await auth.$context;
      try {
        await adapter.create({ model: 'account', data: toCredential(personId, identity) });
        return true;
      } catch (error) {
        const owner = await people.findByIdentity(identity);
        if (owner) return owner.id === personId;
        if (await people.isConnected(personId, identity.issuer)) return false;
        throw error;
      }
    },

    async disconnect(personId) {
      const { adapter } = await auth.$context;
      const where = [
        { field: 'userId', value: personId },
        { field: 'providerId', value: passwordIssuer, operator: 'ne' as const },
      ];
      const had = (await adapter.deleteMany({ model: 'account', where })) > 0;
      if (had) await people.endSessions(personId);
      return had;
    },

    giveUpIdentities: (personId) => options.identities.forget(personId),

    async hasIdentity(personId) {
      const { adapter } = await auth.$context;
      const where = [
        { field: 'userId', value: personId },
        { field: 'providerId', value: passwordIssuer, operator: 'ne' as const },
      ];
      return (await adapter.count({ model: 'account', where })) > 0;
    },

    async register({ email, name, ...proof }) {
      const { adapter, password: passwords } = await auth.$context;
      const hash = 'password' in proof ? await passwords.hash(proof.password) : null;
      const now = { createdAt: new Date(), updatedAt: new Date() };
      try {
        return await adapter.transaction(async ({ create }) => {
          const data = { email, name, emailVerified: 'identity' in proof, ...now };
          const person = toPerson(
            await create<Omit<Person, 'id'>, Person>({ model: 'user', data }),
          );
          const { id } = person;
          const identity =
            'identity' in proof ? proof.identity : { issuer: passwordIssuer, subject: id };
          const credential = { ...toCredential(id, identity), password: hash };
          await create({ model: 'account', data: credential });
          return person;
        });
      } catch (error) {
        // Whoever has it may be gone again by now: it was taken all the same.
        if (options.isTaken(error)) return null;
        throw error;
      }
    },

    async unregister(personId) {
      const { internalAdapter } = await auth.$context;
      await internalAdapter.deleteUser(personId);
    },

    async rename(personId, name) {
      const { internalAdapter } = await auth.$context;
      await internalAdapter.updateUser(personId, { name, updatedAt: new Date() });
    },

    async hasPassword(personId) {
      const { internalAdapter } = await auth.$context;
      return Boolean((await internalAdapter.findCredentialAccount(personId))?.password);
    },

    async changePassword(personId, password) {
      const { internalAdapter, password: passwords } = await auth.$context;
      await internalAdapter.updatePassword(personId, await passwords.hash(password));
    },

    async setPassword(personId, password) {
      const { adapter, internalAdapter, password: passwords } = await auth.$context;
      if (await internalAdapter.findCredentialAccount(personId)) {
        await people.changePassword(personId, password);
        return;
      }
      const credential = toCredential(personId, { issuer: passwordIssuer, subject: personId });
      const hash = await passwords.hash(password);
      await adapter.create({ model: 'account', data: { ...credential, password: hash } });
    },
  };
  return people;
}
