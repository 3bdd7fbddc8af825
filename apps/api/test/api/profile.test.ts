import { afterEach, describe, expect, it } from 'vitest';
import { engines } from '../databases.ts';
import { RestClient } from './rest-client.ts';
import { owner, startApi, type RunningApi } from './running-api.ts';
import { inviteAndJoin, type Member } from './things.ts';

let api: RunningApi;
afterEach(() => api.stop());

const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:131.0) Gecko/20100101 Firefox/131.0';
const newPassword = 'an entirely different password';

interface Session {
  id: string;
  browser: string | null;
  system: string | null;
  userAgent: string | null;
  from: string | null;
  createdAt: string;
  lastActiveAt: string;
  current: boolean;
}

async function sessionsOf(client: RestClient): Promise<Session[]> {
  return (await client.get('/v1/profile/sessions').expect<{ items: Session[] }>(200)).items;
}

describe.each(engines)('a person’s own profile, on %s', (engine) => {
  it('shows who they are, and takes a new name into every account', async () => {
    api = await startApi(engine);
    const client = await api.signIn(owner.email, owner.password);
    expect(await client.get('/v1/profile').expect(200)).toMatchObject({
      email: owner.email,
      name: owner.name,
      administrator: true,
      hasPassword: true,
      identityProvider: null,
    });
    await client.post('/v1/accounts', { slug: 'partner', name: 'Partner' }).expect(201);
    await client.patch('/v1/profile', { name: '  ' }).refused(400, 'VALIDATION_FAILED');
    const renamed = await client.patch('/v1/profile', { name: ' Ana María ' }).expect(200);
    expect(renamed).toMatchObject({ name: 'Ana María' });
    expect(await client.get('/v1/session').expect(200)).toMatchObject({ name: 'Ana María' });
    for (const account of ['acme', 'partner']) {
      const { items } = await client
        .get(`/v1/accounts/${account}/members`)
        .expect<{ items: Member[] }>(200);
      expect(items.map(({ name }) => name)).toEqual(['Ana María']);
    }
  });

  it('changes the password, ends every session and begins a new one where it was changed', async () => {
    api = await startApi(engine);
    const [here, elsewhere] = [
      await api.signIn(owner.email, owner.password),
      await api.signIn(owner.email, owner.password),
    ];
    const { cookie } = here;
    const body = { currentPassword: owner.password, newPassword };
    await here.put('/v1/profile/password', { ...body, newPassword: 'short' }).expect(400);
    await here.put('/v1/profile/password', body).expect(204);
    expect(here.cookie).not.toBe(cookie);
    await here.get('/v1/session').expect(200);
    await api.stranger().get('/v1/session', { cookie }).refused(401, 'UNAUTHENTICATED');
    await elsewhere.get('/v1/session').refused(401, 'UNAUTHENTICATED');
    expect(await sessionsOf(here)).toMatchObject([{ current: true }]);
    await api
      .stranger()
      .post('/v1/session', { email: owner.email, password: owner.password })
      .refused(401, 'UNAUTHENTICATED');
    await api.signIn(owner.email, newPassword);
  });

  it('makes whoever guesses the current password wait, as at the sign-in', async () => {
    api = await startApi(engine);
    const client = await api.signIn(owner.email, owner.password);
    const guess = async () =>
      client.put('/v1/profile/password', { currentPassword: 'a guess', newPassword });
    for (let tried = 0; tried < 10; tried += 1) {
      expect((await guess()).body).toMatchObject({ status: 403, code: 'WRONG_PASSWORD' });
    }
    const limited = await guess();
    expect(limited.body).toMatchObject({ status: 429, code: 'RATE_LIMITED' });
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
    const signIn = { email: owner.email, password: owner.password };
    await api.stranger().post('/v1/session', signIn).refused(429, 'RATE_LIMITED');
    await client.get('/v1/session').expect(200);
  });

  it('lists where they are signed in, and ends what they choose', async () => {
    api = await startApi(engine);
    const here = await api.signIn(owner.email, owner.password);
    const elsewhere = new RestClient(api.url, { 'User-Agent': firefox });
    await elsewhere
      .post('/v1/session', { email: owner.email, password: owner.password })
      .expect(200);
    const third = await api.signIn(owner.email, owner.password);

    const sessions = await sessionsOf(here);
    expect(sessions).toHaveLength(3);
    expect(sessions.filter(({ current }) => current)).toHaveLength(1);
    const onFirefox = sessions.find(({ browser }) => browser === 'Firefox');
    expect(onFirefox).toMatchObject({
      system: 'Windows',
      userAgent: firefox,
      from: '127.0.0.1',
      current: false,
    });
    await here.delete(`/v1/profile/sessions/${onFirefox?.id ?? ''}`).expect(204);
    await here.delete(`/v1/profile/sessions/${onFirefox?.id ?? ''}`).refused(404, 'NOT_FOUND');
    await elsewhere.get('/v1/session').expect(401);
    await third.get('/v1/session').expect(200);

    await here.delete('/v1/profile/sessions').expect(204);
    await third.get('/v1/session').expect(401);
    expect(await sessionsOf(here)).toMatchObject([{ current: true }]);
  });

  it('ends no session of anybody else', async () => {
    api = await startApi(engine);
    const admin = await api.signIn(owner.email, owner.password);
    const bia = { email: 'bia@acme.example', name: 'Bia', password: newPassword };
    const { client } = await inviteAndJoin(admin, 'acme', bia, []);
    const [session] = await sessionsOf(admin);
    await client.delete(`/v1/profile/sessions/${session?.id ?? ''}`).refused(404, 'NOT_FOUND');
    await client.delete('/v1/profile/sessions').expect(204);
    await admin.get('/v1/session').expect(200);
    expect(await sessionsOf(client)).toHaveLength(1);
  });

  it('keeps no session that was there before a sign-in', async () => {
    api = await startApi(engine);
    const client = await api.signIn(owner.email, owner.password);
    const { cookie } = client;
    await client.post('/v1/session', { email: owner.email, password: owner.password }).expect(200);
    expect(client.cookie).not.toBe(cookie);
    await api.stranger().get('/v1/session', { cookie }).expect(401);
    expect(await sessionsOf(client)).toHaveLength(1);
  });

  it('notes that a session is in use, once a minute at the most', async () => {
    api = await startApi(engine);
    const client = await api.signIn(owner.email, owner.password);
    const [before] = await sessionsOf(client);
    expect(await sessionsOf(client)).toEqual([before]);
    const { kysely } = await api.database.open();
    const hourAgo = new Date(Date.now() - 3_600_000);
    const stored = engine === 'sqlite' ? hourAgo.toISOString() : hourAgo;
    await kysely
      .updateTable('person_session')
      .set({ updated_at: stored as never })
      .execute();
    await client.get('/v1/session').expect(200);
    const [after] = await sessionsOf(client);
    expect(Date.parse(after?.lastActiveAt ?? '')).toBeGreaterThan(Date.now() - 60_000);
  });
});
