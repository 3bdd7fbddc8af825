import { randomBytes } from 'node:crypto';
import { betterAuth } from 'better-auth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines, makeDatabase, type TestDatabase } from '../../test/databases.ts';
import type { OpenStore } from './index.ts';
import { peopleSchema } from './people.ts';

describe.each(engines)('better-auth on the store’s connection, on %s', (engine) => {
  let database: TestDatabase;
  let opened: OpenStore;
  beforeAll(async () => {
    database = await makeDatabase(engine);
    opened = await database.open();
  });
  afterAll(() => database.remove());

  const makeAuth = () =>
    betterAuth({
      ...peopleSchema,
      baseURL: 'http://localhost:3000',
      secret: randomBytes(32).toString('hex'),
      database: {
        db: opened.kysely,
        type: opened.engine === 'sqlite' ? 'sqlite' : 'postgres',
      },
      emailAndPassword: { enabled: true },
      telemetry: { enabled: false },
      logger: { disabled: true },
    });

  it('signs a person up, in and out, and reads times and flags as they are', async () => {
    const auth = makeAuth();
    const credentials = { email: 'ana@example.com', password: 'correct horse battery' };
    const signedUp = await auth.api.signUpEmail({ body: { ...credentials, name: 'Ana' } });
    expect(signedUp.user.emailVerified).toBe(false);
    expect(signedUp.user.createdAt).toBeInstanceOf(Date);

    const signedIn = await auth.api.signInEmail({ body: credentials, returnHeaders: true });
    expect(signedIn.response.user.emailVerified).toBe(false);
    const cookie = signedIn.headers
      .getSetCookie()
      .map((line) => line.split(';', 1)[0])
      .join('; ');
    const headers = new Headers({ cookie });
    const session = await auth.api.getSession({ headers });
    expect(session?.user.email).toBe(credentials.email);
    const { createdAt, expiresAt } = session?.session ?? {};
    expect(createdAt).toBeInstanceOf(Date);
    expect(Number(expiresAt) - Number(createdAt)).toBeGreaterThan(6 * 24 * 60 * 60 * 1000);
    expect(Math.abs(Number(createdAt) - Date.now())).toBeLessThan(60_000);

    await auth.api.signOut({ headers });
    expect(await auth.api.getSession({ headers })).toBeNull();
  });

  it('refuses a wrong password and a second person of the same address', async () => {
    const auth = makeAuth();
    const credentials = { email: 'rui@example.com', password: 'correct horse battery' };
    await auth.api.signUpEmail({ body: { ...credentials, name: 'Rui' } });
    await expect(
      auth.api.signInEmail({ body: { ...credentials, password: 'wrong horse battery' } }),
    ).rejects.toMatchObject({ statusCode: 401 });
    await expect(
      auth.api.signUpEmail({ body: { ...credentials, name: 'Rui' } }),
    ).rejects.toMatchObject({ statusCode: 422 });
  });
});
