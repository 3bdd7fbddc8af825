import { randomUUID } from 'node:crypto';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines } from '../databases.ts';
import { conformanceOf, type Conformance, type OpenApiOperation } from './conformance.ts';
import { openEventStream } from './event-stream.ts';
import type { RestClient } from './rest-client.ts';
import { owner, startApi, type RunningApi } from './running-api.ts';
import {
  proveByPasskey,
  SoftwareAuthenticator,
  type Begun,
  type CreationOptions,
} from './software-authenticator.ts';
import {
  createRole,
  credentialHeaders,
  generateAndRedeem,
  secretOf,
  type Credential,
  type Delivery,
  type ExternalKey,
  type IssuedInvitation,
  type IssuedKey,
  type IssuedWebhook,
} from './things.ts';

/** A request that an operation takes. */
interface Valid {
  path?: Record<string, string>;
  query?: string;
  body?: Record<string, unknown>;
  headers?: Record<string, string>;
}

/** What valid requests are made of. */
interface World {
  admin: RestClient;
  credential: Credential;
  key: string;
  role: string;
  unreadLink(): Promise<string>;
  openInvitation(): Promise<string>;
  ownSession(): Promise<string>;
  newKey(): Promise<string>;
  renewingKey(): Promise<string>;
  newRole(): Promise<string>;
  newMember(): Promise<string>;
  newExternalKey(): Promise<string>;
  webhook: string;
  delivery: string;
  newWebhook(): Promise<string>;
}

const account = { account: 'acme' };
const ofNewKey = async ({ newKey }: World): Promise<Valid> => ({
  path: { ...account, id: await newKey() },
});
const ofRenewingKey = async ({ renewingKey }: World): Promise<Valid> => ({
  path: { ...account, id: await renewingKey() },
});
const ofAccount = (): Valid => ({ path: account });
const aWebhook = { url: 'https://hooks.example/latchkey', types: ['key.expired'] };
const ofWebhook = ({ webhook }: World): Valid => ({ path: { ...account, id: webhook } });
const ofVerifier = ({ credential }: World): Valid => ({
  path: account,
  headers: credentialHeaders(credential),
});

/** A valid request for every operation; for one that is not taken here, the refusal that it answers here. */
const validRequests: Record<string, (world: World) => Valid | Promise<Valid>> = {
  verify: ({ credential }) => ({ body: { ...credential, permission: ['orders.read'] } }),
  forwardAuth: ({ credential }) => ({
    query: '?permission=orders.read&account=acme',
    headers: credentialHeaders(credential),
  }),
  'verifier.changes': ofVerifier,
  'verifier.credentials': (world) => ({
    ...ofVerifier(world),
    body: { ...world.credential },
  }),
  'verifier.usage': (world) => ({
    ...ofVerifier(world),
    body: {
      id: randomUUID(),
      usage: [{ receipt: 'of-another', count: 1, lastUsedAt: '2026-11-01T00:00:00Z' }],
    },
  }),
  'accounts.list': () => ({}),
  'accounts.get': ofAccount,
  'accounts.create': () => ({ body: { slug: 'made-here', name: 'Made here' } }),
  'auditEvents.list': () => ({ path: account, query: '?limit=2&action=key.generated' }),
  'auditEvents.verify': ofAccount,
  'credentials.preview': async ({ unreadLink }) => ({ path: { linkToken: await unreadLink() } }),
  'credentials.redeem': async ({ unreadLink }) => ({ path: { linkToken: await unreadLink() } }),
  'externalKeys.list': ofAccount,
  'externalKeys.get': async ({ newExternalKey }) => ({
    path: { ...account, id: await newExternalKey() },
  }),
  'externalKeys.add': async ({ admin }) => {
    const { key } = await generateAndRedeem(admin, 'partner', []);
    return { path: account, body: { key: key.key, roleIds: [] } };
  },
  'externalKeys.edit': async ({ newExternalKey, role }) => ({
    path: { ...account, id: await newExternalKey() },
    body: { roleIds: [role] },
    headers: { 'If-Match': '"1"' },
  }),
  'externalKeys.remove': async ({ newExternalKey }) => ({
    path: { ...account, id: await newExternalKey() },
  }),
  'instance.get': () => ({}),
  'invitations.preview': async ({ openInvitation }) => ({
    path: { invitation: await openInvitation() },
  }),
  'invitations.accept': async ({ openInvitation }) => ({
    path: { invitation: await openInvitation() },
    body: { name: 'Bia', password: 'a long enough password' },
  }),
  'keys.list': () => ({ path: account, query: '?limit=1&sort=name&order=asc&status=active' }),
  'keys.overview': () => ({ path: account }),
  'keys.generate': ({ role }) => ({
    path: account,
    body: { name: 'Made here', roleIds: [role], expiresAt: '2099-01-31T00:00:00+01:00' },
    headers: { 'Idempotency-Key': 'openapi' },
  }),
  'keys.get': ofNewKey,
  'keys.usage': ofNewKey,
  'keys.edit': async ({ newKey }) => ({
    path: { ...account, id: await newKey() },
    body: { name: 'Changed', roleIds: [], status: 'inactive', expiresAt: null },
  }),
  'keys.delete': ofNewKey,
  'keys.activate': ofNewKey,
  'keys.deactivate': ofNewKey,
  'keys.renew': async ({ admin }) => {
    const { key } = await generateAndRedeem(admin, 'acme', []);
    return { path: { ...account, id: key.id } };
  },
  'keys.reschedule': async ({ renewingKey }) => ({
    path: { ...account, id: await renewingKey() },
    body: { completeAt: null },
  }),
  'keys.complete': ofRenewingKey,
  'keys.undo': ofRenewingKey,
  'keys.withdrawLink': ofNewKey,
  'keys.export': ofAccount,
  'mailPreference.get': ofAccount,
  'mailPreference.set': () => ({
    path: account,
    body: { events: false, digest: true, language: 'es' },
  }),
  'members.list': ofAccount,
  'members.get': async ({ newMember }) => ({ path: { ...account, id: await newMember() } }),
  'members.invite': ({ role }) => ({
    path: account,
    body: { email: 'carla@acme.example', roleIds: [role] },
  }),
  'members.edit': async ({ newMember }) => ({
    path: { ...account, id: await newMember() },
    body: { roleIds: [] },
  }),
  'members.remove': async ({ newMember }) => ({ path: { ...account, id: await newMember() } }),
  'roles.list': ofAccount,
  'roles.get': ({ role }) => ({ path: { ...account, id: role } }),
  'roles.users': ({ role }) => ({ path: { ...account, id: role } }),
  'roles.permissions': ofAccount,
  'roles.create': () => ({
    path: account,
    body: { name: 'Made here', description: 'Of a test.', permissions: ['made.here'] },
  }),
  'roles.edit': async ({ newRole }) => ({
    path: { ...account, id: await newRole() },
    body: { description: 'Changed.' },
  }),
  'roles.delete': async ({ newRole }) => ({ path: { ...account, id: await newRole() } }),
  'settings.get': ofAccount,
  'settings.set': () => ({ path: account, body: { renewalPeriodMonths: 6 } }),
  'passkeys.list': () => ({}),
  'passkeys.begin': () => ({ body: { password: owner.password } }),
  'passkeys.add': async ({ admin }) => {
    const begun = await admin
      .post('/v1/profile/passkeys/enrolment', { password: owner.password })
      .expect<Begun<CreationOptions>>(200);
    const elsewhere = new SoftwareAuthenticator('https://elsewhere.example.com');
    const credential = elsewhere.create(begun.options);
    return { body: { ticket: begun.ticket, name: 'Made here', credential } };
  },
  'passkeys.rename': () => ({ path: { id: 'nothing' }, body: { name: 'Changed' } }),
  'passkeys.remove': () => ({ path: { id: 'nothing' }, body: { password: owner.password } }),
  'passwordResets.ask': () => ({ body: { email: owner.email, language: 'es' } }),
  'passwordResets.preview': () => ({ path: { reset: 'nothing' } }),
  'passwordResets.choose': () => ({
    path: { reset: 'nothing' },
    body: { password: owner.password },
  }),
  'profile.get': () => ({}),
  'profile.edit': () => ({ body: { name: 'Ana Souza' } }),
  'profile.changePassword': () => ({
    body: { currentPassword: owner.password, newPassword: owner.password },
  }),
  'profile.disconnectProvider': () => ({ body: { password: owner.password } }),
  'secondFactor.begin': () => ({ body: { password: owner.password } }),
  'secondFactor.confirm': async ({ admin }) => {
    const begun = admin.post('/v1/profile/second-factor/enrolment', { password: owner.password });
    const { enrolment } = await begun.expect<{ enrolment: string }>(200);
    return { body: { enrolment, code: 'wrong' } };
  },
  'secondFactor.renewRecoveryCodes': () => ({ body: { password: owner.password } }),
  'secondFactor.turnOff': () => ({ body: { password: owner.password } }),
  'session.get': () => ({}),
  'sessions.list': () => ({}),
  'sessions.end': async ({ ownSession }) => ({ path: { id: await ownSession() } }),
  'sessions.endOthers': () => ({}),
  'webhooks.list': ofAccount,
  'webhooks.get': ofWebhook,
  'webhooks.create': () => ({
    path: account,
    body: { ...aWebhook, description: 'To the log.' },
  }),
  'webhooks.edit': ({ webhook }) => ({
    path: { ...account, id: webhook },
    body: { ...aWebhook, description: 'Changed.', state: 'paused' },
    headers: { 'If-Match': '*' },
  }),
  'webhooks.replaceSecret': ofWebhook,
  'webhooks.delete': async ({ newWebhook }) => ({
    path: { ...account, id: await newWebhook() },
  }),
  'webhooks.test': ofWebhook,
  'webhooks.deliveries': ({ webhook }) => ({
    path: { ...account, id: webhook },
    query: '?limit=1&state=pending',
  }),
  'webhooks.resend': ({ webhook, delivery }) => ({
    path: { ...account, id: webhook, delivery },
  }),
  'session.signIn': () => ({ body: { email: owner.email, password: owner.password } }),
  'session.signOut': () => ({}),
  'session.challenge': () => ({}),
  'session.signInByPasskey': async ({ admin }) => {
    const nobodys = new SoftwareAuthenticator(admin.url);
    nobodys.create({
      rp: { id: '' },
      user: { id: 'nobody' },
      challenge: '',
      excludeCredentials: [],
    });
    return { body: { ...(await proveByPasskey(admin, nobodys)) } };
  },
  'setUp.get': () => ({}),
  'setUp.claim': () => ({
    body: {
      code: 'not-needed-any-more',
      email: 'eve@acme.example',
      password: 'a long enough password',
      name: 'Eve',
      account: 'eves',
      accountName: 'Eve’s',
    },
  }),
};

/** Operations whose valid request is refused here, and how: what they change would stand in the way of the others. */
const refusedHere: Record<string, number> = {
  'setUp.claim': 409,
  'passkeys.add': 400,
  'passwordResets.ask': 404,
  'passwordResets.preview': 410,
  'passwordResets.choose': 410,
  'passkeys.rename': 404,
  'passkeys.remove': 404,
  'profile.disconnectProvider': 404,
  'session.signInByPasskey': 401,
  'secondFactor.confirm': 403,
  'secondFactor.renewRecoveryCodes': 404,
  'secondFactor.turnOff': 404,
};

const isStream = ({ responses }: OpenApiOperation) =>
  responses['200']?.content?.['text/event-stream'] !== undefined;

/** The statuses with which a request can end well. */
const successes = (operation: OpenApiOperation) =>
  Object.keys(operation.responses).filter((status) => status.startsWith('2'));

describe.each(engines)('the OpenAPI document, on %s', (engine) => {
  let api: RunningApi;
  let world: World;
  let conformance: Conformance;
  let operations: { method: string; path: string; operation: OpenApiOperation }[];
  let calls = 0;

  beforeAll(async () => {
    api = await startApi(engine);
    const admin = await api.signIn(owner.email, owner.password);
    await admin.post('/v1/accounts', { slug: 'partner', name: 'Partner' }).expect(201);
    const role = await createRole(admin, 'acme', ['orders.read', 'keys.view']);
    const { key, credential } = await generateAndRedeem(admin, 'acme', [role.id]);
    const issue = async () =>
      admin.post('/v1/accounts/acme/keys', { name: 'One', roleIds: [] }).expect<IssuedKey>(201);
    let invited = 0;
    const invite = async () => {
      invited += 1;
      const body = { email: `guest-${String(invited)}@acme.example`, roleIds: [] };
      return admin.post('/v1/accounts/acme/members', body).expect<IssuedInvitation>(201);
    };
    const newWebhook = async () =>
      (await admin.post('/v1/accounts/acme/webhooks', aWebhook).expect<IssuedWebhook>(201)).webhook
        .id;
    const webhook = await newWebhook();
    const webhookPath = `/v1/accounts/acme/webhooks/${webhook}`;
    // A paused one is sent nothing.
    await admin.patch(webhookPath, { state: 'paused' }).expect(200);
    const { id: delivery } = await admin.post(`${webhookPath}/test`).expect<Delivery>(201);
    world = {
      admin,
      credential,
      key: key.id,
      role: role.id,
      webhook,
      delivery,
      newWebhook,
      unreadLink: async () => secretOf((await issue()).link.url),
      openInvitation: async () => secretOf((await invite()).invitation?.url ?? ''),
      async ownSession() {
        const other = await api.signIn(owner.email, owner.password);
        const { items } = await other
          .get('/v1/profile/sessions')
          .expect<{ items: { id: string; current: boolean }[] }>(200);
        return items.find(({ current }) => current)?.id ?? '';
      },
      newKey: async () => (await issue()).key.id,
      async renewingKey() {
        const renewing = await generateAndRedeem(admin, 'acme', []);
        await admin.post(`/v1/accounts/acme/keys/${renewing.key.id}/renewal`).expect(201);
        return renewing.key.id;
      },
      newRole: async () =>
        (await createRole(admin, 'acme', [], `Role ${String(Math.random())}`)).id,
      newMember: async () => (await invite()).member.id,
      async newExternalKey() {
        const theirs = await generateAndRedeem(admin, 'partner', []);
        const body = { key: theirs.key.key, roleIds: [] };
        return (await admin.post('/v1/accounts/acme/external-keys', body).expect<ExternalKey>(201))
          .id;
      },
    };
    conformance = await conformanceOf(api.url);
    operations = Object.entries(conformance.document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
    );
  });
  afterAll(() => api.stop());

  const fill = (path: string, request: Valid) =>
    path.replaceAll(/\{(\w+)\}/g, (_, name: string) => request.path?.[name] ?? '-');
  /** Follows a stream until it says something, and checks what was said: it does not end by itself. */
  const follow = async (path: string, request: Valid) => {
    calls += 1;
    const filled = fill(path, request);
    await using stream = await openEventStream(api.url + filled, request.headers ?? {});
    await expect.poll(() => stream.events).not.toEqual([]);
    api.endStreams();
    await stream.ended;
    const seen = { status: stream.status, headers: stream.headers, text: stream.text() };
    conformance.check('GET', filled, { ...seen, body: undefined });
    return seen;
  };
  const send = async (
    client: RestClient,
    { method, path }: { method: string; path: string },
    request: Valid,
  ) => {
    calls += 1;
    const filled = fill(path, request);
    return client.send(method.toUpperCase(), filled + (request.query ?? ''), {
      ...(request.body && { body: request.body }),
      ...(request.headers && { headers: request.headers }),
    });
  };
  /** Whoever needs no session brings none, so that a sign-in changes nobody else's. */
  const clientFor = ({ security }: OpenApiOperation) =>
    security && !security.some((one) => 'session' in one) ? api.stranger() : world.admin;
  const validRequest = async (operationId: string): Promise<Valid> => {
    const make = validRequests[operationId];
    if (!make) throw new Error(`Say in this test what a valid request for ${operationId} is.`);
    return make(world);
  };

  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    const { document } = conformance;
    const result = await validator.validate(structuredClone(document) as never);
    expect(result).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
    expect(document.openapi).toMatch(/^3\.1\./);
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.sort()).toEqual(Object.keys(validRequests).sort());
  });

  it('says of every operation what it is for, and shows examples that fit their schemas', () => {
    for (const { method, path, operation } of operations) {
      expect(operation.summary).toMatch(/^[A-Z].{5,}/);
      for (const [status, response] of Object.entries(operation.responses)) {
        for (const [mediaType, content] of Object.entries(response.content ?? {})) {
          const pointer = ['paths', path, method, 'responses', status, 'content', mediaType];
          for (const { value } of Object.values(content.examples ?? {})) {
            expect(conformance.faults([...pointer, 'schema'], value)).toEqual([]);
          }
        }
      }
    }
    const withoutExample = Object.entries(conformance.document.components.schemas)
      .map(([name, schema]) => [name, JSON.stringify(schema)] as const)
      .filter(
        ([, text]) =>
          text.includes('"type":"string"') && !/"examples?"|"enum"|"const"|"\$ref"/.test(text),
      )
      .map(([name]) => name);
    expect(withoutExample).toEqual([]);
  });

  it('answers every operation’s valid request as it says', async () => {
    for (const one of operations) {
      const { operationId } = one.operation;
      const request = await validRequest(operationId);
      const client = clientFor(one.operation);
      const { status, text } = isStream(one.operation)
        ? await follow(one.path, request)
        : await send(client, one, request);
      const expected = refusedHere[operationId];
      const allowed = expected === undefined ? successes(one.operation) : [String(expected)];
      expect(allowed, `${operationId}: ${text}`).toContain(String(status));
    }
  });

  it('refuses every operation’s invalid request as it says, and never with a fault of its own', async () => {
    for (const one of operations) {
      const { operation } = one;
      const { operationId, parameters = [], requestBody } = operation;
      const good = await validRequest(operationId);
      const bad: Valid[] = [];
      for (const { name, in: place } of parameters) {
        if (place === 'path') {
          const secret = name === 'linkToken' || name === 'invitation';
          const wrong = secret ? ['x'] : ['%00', 'x'.repeat(300)];
          for (const value of wrong) bad.push({ ...good, path: { ...good.path, [name]: value } });
        }
        if (place === 'query') bad.push({ ...good, query: `?${name}=%00` });
        if (name === 'Idempotency-Key') {
          bad.push({ ...good, headers: { ...good.headers, [name]: 'x'.repeat(256) } });
        }
        if (name === 'If-Match') {
          bad.push({ ...good, headers: { ...good.headers, [name]: '"987654"' } });
        }
      }
      if (requestBody) {
        const { body = {} } = good;
        bad.push({ ...good, body: { ...body, surprise: true } });
        for (const field of Object.keys(body)) {
          for (const value of [42, { $gt: '' }, '\u0000', '\uD800', 'x'.repeat(5000)]) {
            // A verifier looks at nothing that it is not asked for: any text is some token, and any key some identifier.
            if (
              ['verify', 'verifier.credentials'].includes(operationId) &&
              ['key', 'token'].includes(field) &&
              typeof value === 'string' &&
              value.length < 200
            )
              continue;
            // Of a password only the length is known.
            if (field === 'password' && operationId === 'session.signIn' && value !== 42) continue;
            bad.push({ ...good, body: { ...body, [field]: value } });
          }
        }
      }
      const client = clientFor(operation);
      for (const request of bad) {
        const { status, text } = await send(client, one, request);
        const told = `${operationId} with ${JSON.stringify(request).slice(0, 300)}: ${text}`;
        expect([told, status >= 400 && status < 500]).toEqual([told, true]);
      }
    }
    expect(api.log()).not.toContain('"level":50');
  });

  it('tells of every method of every path: any other is answered with those in Allow', async () => {
    const methods = ['get', 'post', 'put', 'patch', 'delete'];
    for (const [path, known] of Object.entries(conformance.document.paths)) {
      for (const method of methods.filter((name) => !(name in known))) {
        const { status } = await world.admin.send(method.toUpperCase(), fill(path, {}));
        expect([method, path, status]).toEqual([method, path, 405]);
      }
    }
  });

  it('was asked of every operation, several times', () => {
    expect(operations.length).toBeGreaterThan(40);
    expect(calls).toBeGreaterThan(operations.length * 4);
  });

  it('is what answers are held against: one that it does not tell of is a fault', () => {
    const answer = { status: 200, headers: new Headers(), text: '{}', body: {} };
    const json = new Headers({ 'Content-Type': 'application/json' });
    const check = (change: Partial<typeof answer>) => () => {
      conformance.check('GET', '/v1/accounts', { ...answer, ...change });
    };
    expect(check({ headers: json })).toThrow('items');
    expect(check({ status: 418 })).toThrow('does not tell of this status');
    expect(check({})).toThrow('does not tell of');
    const allow = new Headers({ 'Content-Type': 'application/problem+json', Allow: 'GET, PUT' });
    const code = 'METHOD_NOT_ALLOWED';
    const body = { type: 'about:blank', title: '', status: 405, code, detail: '' };
    const refused = { status: 405, headers: allow, text: '{}', body };
    expect(() => conformance.check('PATCH', '/v1/accounts', refused)).toThrow('other methods');
  });
});
