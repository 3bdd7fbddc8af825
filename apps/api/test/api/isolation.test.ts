import type { AnyTRPCProcedure } from '@trpc/server';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  remoteQuestions,
  remoteVerification,
  remoteVerificationPath,
} from '../../src/contract/remote-verification.ts';
import { operations } from '../../src/trpc/operations.ts';
import { appRouter } from '../../src/trpc/router.ts';
import { engines } from '../databases.ts';
import { openEventStream } from './event-stream.ts';
import type { RestAnswer, RestClient } from './rest-client.ts';
import { owner, startApi, type RunningApi } from './running-api.ts';
import {
  asKey,
  createRole,
  credentialHeaders,
  generateAndRedeem,
  inviteAndJoin,
  type ExternalKey,
  type IssuedKey,
  type IssuedWebhook,
} from './things.ts';

/** The ids of things of the account that is broken into. */
interface Things {
  key: string;
  externalKey: string;
  role: string;
  member: string;
  webhook: string;
  delivery: string;
}

/** What a procedure is called with, so that nothing but the caller is wrong with the call. */
type Input = (things: Things) => Record<string, unknown>;

const ofAccount: Input = () => ({});
const ofKey: Input = ({ key }) => ({ id: key });
const ofWebhook: Input = ({ webhook }) => ({ id: webhook });

/** Procedures of an account: their input without the account. A new one must be named here before it can be tested, and the test says so. */
const accountInputs: Record<string, Input> = {
  'accounts.get': ofAccount,
  'auditEvents.list': ofAccount,
  'auditEvents.verify': ofAccount,
  'externalKeys.list': ofAccount,
  'externalKeys.get': ({ externalKey }) => ({ id: externalKey }),
  'externalKeys.add': () => ({ key: 'lk-acme-00000000', roleIds: [] }),
  'externalKeys.edit': ({ externalKey }) => ({ id: externalKey, roleIds: [] }),
  'externalKeys.remove': ({ externalKey }) => ({ id: externalKey }),
  'keys.list': ofAccount,
  'keys.generate': () => ({ name: 'Break-in', roleIds: [] }),
  'keys.overview': ofAccount,
  'keys.get': ofKey,
  'keys.usage': ofKey,
  'keys.edit': ({ key }) => ({ id: key, name: 'Break-in' }),
  'keys.delete': ofKey,
  'keys.activate': ofKey,
  'keys.deactivate': ofKey,
  'keys.renew': ofKey,
  'keys.reschedule': ({ key }) => ({ id: key, completeAt: null }),
  'keys.complete': ofKey,
  'keys.undo': ofKey,
  'keys.withdrawLink': ofKey,
  'keys.export': ofAccount,
  'live.changes': ofAccount,
  'mailPreference.get': ofAccount,
  'mailPreference.set': () => ({ events: true, digest: false, language: 'pt' }),
  'members.list': ofAccount,
  'members.get': ({ member }) => ({ id: member }),
  'members.invite': () => ({ email: 'eve@acme.example', roleIds: [] }),
  'members.edit': ({ member }) => ({ id: member, roleIds: [] }),
  'members.remove': ({ member }) => ({ id: member }),
  'roles.list': ofAccount,
  'roles.get': ({ role }) => ({ id: role }),
  'roles.users': ({ role }) => ({ id: role }),
  'roles.permissions': ofAccount,
  'roles.create': () => ({ name: 'Break-in', permissions: [] }),
  'roles.edit': ({ role }) => ({ id: role, name: 'Break-in' }),
  'roles.delete': ({ role }) => ({ id: role }),
  'settings.get': ofAccount,
  'settings.set': () => ({ renewalPeriodMonths: 6 }),
  'webhooks.list': ofAccount,
  'webhooks.get': ofWebhook,
  'webhooks.create': () => ({ url: 'https://hooks.example/', types: ['key.expired'] }),
  'webhooks.edit': ({ webhook }) => ({ id: webhook, description: 'Break-in' }),
  'webhooks.replaceSecret': ofWebhook,
  'webhooks.delete': ofWebhook,
  'webhooks.test': ofWebhook,
  'webhooks.deliveries': ofWebhook,
  'webhooks.resend': ({ webhook, delivery }) => ({ id: webhook, delivery }),
};

/** Whoever belongs to an account may see it and what they may do in it. */
const forEveryMember = new Set(['accounts.get', 'live.changes']);

/** Of the members: of what is theirs a key has nothing. */
const forMembersAlone = new Set(['mailPreference.get', 'mailPreference.set']);

/** A passkey's form, with nothing in it. */
const newPasskey = {
  id: 'whichever',
  rawId: 'whichever',
  type: 'public-key',
  response: { clientDataJSON: 'e30', attestationObject: 'oA' },
};

/** For whoever proved who they are. */
const signedInInputs: Record<string, Record<string, unknown>> = {
  'accounts.list': {},
  'accounts.create': { slug: 'mine', name: 'Mine' },
  'passkeys.list': {},
  'passkeys.begin': {},
  'passkeys.add': { ticket: 'whichever', name: 'Mine', credential: newPasskey },
  'passkeys.rename': { id: 'whichever', name: 'Mine' },
  'passkeys.remove': { id: 'whichever' },
  'profile.get': {},
  'profile.edit': { name: 'Mine' },
  'profile.disconnectProvider': {},
  'profile.changePassword': { currentPassword: 'whatever', newPassword: 'whatever else' },
  'secondFactor.begin': {},
  'secondFactor.confirm': { enrolment: 'whichever', code: '000000' },
  'secondFactor.renewRecoveryCodes': {},
  'secondFactor.turnOff': {},
  'session.get': {},
  'sessions.list': {},
  'sessions.end': { id: 'whichever' },
  'sessions.endOthers': {},
};

/** For everybody: what they take is a secret of its own, or a password. */
const forAnyone = [
  'credentials.preview',
  'credentials.redeem',
  'invitations.preview',
  'invitations.accept',
  'passwordResets.ask',
  'passwordResets.preview',
  'passwordResets.choose',
  'openIdConnect.provider',
  'openIdConnect.begin',
  'openIdConnect.awaitedFactors',
  'openIdConnect.proveSecondFactor',
  'session.challenge',
  'session.signIn',
  'session.signInByPasskey',
  'session.signOut',
  'instance.get',
  'setUp.get',
  'setUp.claim',
];

const procedures = appRouter._def.procedures as unknown as Record<string, AnyTRPCProcedure>;

/** The status of a call over tRPC. */
async function callByTrpc(client: RestClient, name: string, input: unknown): Promise<number> {
  const type = (procedures[name]?._def as { type?: string } | undefined)?.type;
  const path = `/trpc/${name}?input=${encodeURIComponent(JSON.stringify(input))}`;
  if (type === 'subscription') return callStream(client, path);
  const answer = await (type === 'query' ? client.get(path) : client.post(`/trpc/${name}`, input));
  return answer.status;
}

/** The status of a stream: that of its first event where it is a refusal. */
async function callStream(client: RestClient, path: string): Promise<number> {
  await using stream = await openEventStream(`${client.url}${path}`, client.headers);
  const first = await vi.waitFor(() => {
    const told = stream.events.find(({ event }) => event !== 'connected');
    if (!told) throw new Error('The stream says nothing.');
    return told;
  }, 30_000);
  if (first.event !== 'serialized-error') return 200;
  return (first.data as { data: { httpStatus: number } }).data.httpStatus;
}

/** The answer to a call by REST. */
async function askByRest(
  client: RestClient,
  name: string,
  input: Record<string, unknown>,
): Promise<RestAnswer> {
  const operation = operations.find((candidate) => candidate.name === name);
  if (!operation) throw new Error(`${name} has no REST operation.`);
  const { method, path } = operation;
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter);
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, parameter: string) => String(input[parameter]));
  const rest = Object.entries(input).filter(([field]) => !inPath.includes(field));
  const hasBody = method !== 'GET' && method !== 'DELETE';
  return client.send(method, `/v1${filled}`, {
    ...(hasBody && { body: Object.fromEntries(rest) }),
  });
}

const noThings: Things = {
  key: '',
  externalKey: '',
  role: '',
  member: '',
  webhook: '',
  delivery: '',
};

const accountProcedures = Object.keys(accountInputs).map((name) => ({ name }));

describe('the list of what is tested', () => {
  it('has every procedure and every operation, and no other', () => {
    const known = [...Object.keys(accountInputs), ...Object.keys(signedInInputs), ...forAnyone];
    const every = [...Object.keys(procedures), ...operations.map(({ name }) => name)];
    expect(known.sort()).toEqual([...new Set(every)].sort());
  });

  it('agrees with what each declares of its access', () => {
    for (const { name, access } of operations) {
      const inputs = { account: accountInputs, 'signed-in': signedInInputs, anyone: undefined };
      expect([
        name,
        access === 'anyone' ? forAnyone.includes(name) : name in (inputs[access] ?? {}),
      ]).toEqual([name, true]);
    }
  });
});

describe.each(engines)('isolation, on %s', (engine) => {
  let api: RunningApi;
  let things: Things;
  let stranger: RestClient;
  let neighbour: RestClient;
  let powerless: RestClient;
  let powerlessKey: RestClient;
  let neighboursKey: RestClient;

  beforeAll(async () => {
    api = await startApi(engine);
    const admin = await api.signIn(owner.email, owner.password);
    await admin.post('/v1/accounts', { slug: 'partner', name: 'Partner' }).expect(201);
    const all = [
      'keys.view',
      'keys.edit',
      'keys.renew',
      'keys.settings',
      'roles.edit',
      'members.edit',
      'audit.view',
    ];
    const password = 'a long enough password';
    const partnerRole = await createRole(admin, 'partner', all, 'Everything');
    const bia = { email: 'bia@partner.example', name: 'Bia', password };
    neighbour = (await inviteAndJoin(admin, 'partner', bia, [partnerRole.id])).client;
    const theirs = await generateAndRedeem(admin, 'partner', [partnerRole.id]);
    neighboursKey = asKey(api.url, theirs.credential);

    const role = await createRole(admin, 'acme', ['orders.read']);
    const rui = { email: 'rui@acme.example', name: 'Rui', password };
    const joined = await inviteAndJoin(admin, 'acme', rui, [role.id]);
    powerless = joined.client;
    const own = await generateAndRedeem(admin, 'acme', [role.id]);
    powerlessKey = asKey(api.url, own.credential);
    const { key } = await admin
      .post('/v1/accounts/acme/keys', { name: 'Precious', roleIds: [] })
      .expect<IssuedKey>(201);
    const external = await admin
      .post('/v1/accounts/acme/external-keys', { key: theirs.key.key, roleIds: [] })
      .expect<ExternalKey>(201);
    const { webhook } = await admin
      .post('/v1/accounts/acme/webhooks', {
        url: 'https://hooks.example/',
        types: ['key.expired'],
      })
      .expect<IssuedWebhook>(201);
    const path = `/v1/accounts/acme/webhooks/${webhook.id}`;
    await admin.patch(path, { state: 'paused' }).expect(200);
    const { id: delivery } = await admin.post(`${path}/test`).expect<{ id: string }>(201);
    things = {
      key: key.id,
      externalKey: external.id,
      role: role.id,
      member: joined.member.id,
      webhook: webhook.id,
      delivery,
    };
    stranger = api.stranger();
  });
  afterAll(() => api.stop());

  const inputOf = (name: string) => ({ account: 'acme', ...accountInputs[name]?.(things) });
  /** The statuses of a call through every door that opens the procedure. */
  const call = async (client: RestClient, name: string, input: Record<string, unknown>) => [
    ...(name in procedures ? [await callByTrpc(client, name, input)] : []),
    ...(operations.some((operation) => operation.name === name)
      ? [(await askByRest(client, name, input)).status]
      : []),
  ];

  it.each(accountProcedures)(
    'refuses $name to a stranger, to a neighbour, to a neighbour’s key and to whoever lacks the permission',
    async ({ name }) => {
      const input = inputOf(name);
      const statuses = {
        stranger: await call(stranger, name, input),
        neighbour: await call(neighbour, name, input),
        neighboursKey: await call(neighboursKey, name, input),
        powerless: await call(powerless, name, input),
        powerlessKey: await call(powerlessKey, name, input),
      };
      const doors = statuses.stranger.length;
      const each = (status: number) => Array.from({ length: doors }, () => status);
      expect(statuses).toEqual({
        stranger: each(401),
        neighbour: each(404),
        neighboursKey: each(404),
        powerless: each(forEveryMember.has(name) || forMembersAlone.has(name) ? 200 : 403),
        powerlessKey: each(forEveryMember.has(name) ? 200 : 403),
      });
    },
  );

  it.each(remoteQuestions)(
    'refuses what a verifier asks of %s to everybody but a key of the account that may see its keys',
    async (name) => {
      const path = `/v1${remoteVerificationPath(name).replace('{account}', 'acme')}`;
      const ask = async (client: RestClient) =>
        (await client.send(remoteVerification[name], path)).status;
      expect({
        stranger: await ask(stranger),
        neighbour: await ask(neighbour),
        neighboursKey: await ask(neighboursKey),
        powerless: await ask(powerless),
        powerlessKey: await ask(powerlessKey),
      }).toEqual({
        stranger: 401,
        // Verifiers have no session.
        neighbour: 401,
        neighboursKey: 404,
        powerless: 401,
        powerlessKey: 403,
      });
    },
  );

  it.each(
    operations.filter(
      ({ access, name }) =>
        access === 'account' && !forEveryMember.has(name) && !forMembersAlone.has(name),
    ),
  )(
    'says of $name which permission it needs, which decides who is given a kept answer',
    async ({ name, needs = [] }) => {
      const { body } = await askByRest(powerlessKey, name, inputOf(name));
      const refusal = `This needs the permission ${needs.join(' or ')}.`;
      expect(body).toMatchObject({ detail: expect.stringContaining(refusal) as unknown });
    },
  );

  it.each(accountProcedures.filter(({ name }) => 'id' in (accountInputs[name]?.(noThings) ?? {})))(
    'finds nothing of another account by its id with $name',
    async ({ name }) => {
      const input = { ...inputOf(name), account: 'partner' };
      expect(new Set(await call(neighbour, name, input))).toEqual(new Set([404]));
      expect(new Set(await call(neighboursKey, name, input))).toEqual(new Set([404]));
    },
  );

  it('hands out no role of another account', async () => {
    const roleIds = [things.role];
    const account = '/v1/accounts/partner';
    await neighbour
      .post(`${account}/keys`, { name: 'Mine', roleIds })
      .refused(400, 'VALIDATION_FAILED');
    const invited = neighbour.post(`${account}/members`, { email: 'eve@acme.example', roleIds });
    await invited.refused(400, 'VALIDATION_FAILED');
    const listed = await neighbour.get(`${account}/keys?role=${things.role}`);
    expect(listed.body).toMatchObject({ items: [], total: 0 });
  });

  it.each(Object.entries(signedInInputs))('refuses %s to a stranger', async (name, input) => {
    expect(new Set(await call(stranger, name, input))).toEqual(new Set([401]));
  });

  it('shows to each the accounts that are theirs, and lets nobody else make one', async () => {
    for (const [client, slug] of [
      [neighbour, 'partner'],
      [neighboursKey, 'partner'],
      [powerless, 'acme'],
      [powerlessKey, 'acme'],
    ] as const) {
      const { items } = await client.get('/v1/accounts').expect<{ items: { slug: string }[] }>(200);
      expect(items.map((account) => account.slug)).toEqual([slug]);
      await client.post('/v1/accounts', { slug: 'mine', name: 'Mine' }).refused(403, 'FORBIDDEN');
    }
  });

  it('does not tell an account of others from one that is not there', async () => {
    const own = await neighbour.get('/v1/accounts/acme/keys');
    const none = await neighbour.get('/v1/accounts/nowhere/keys');
    expect(own.body).toEqual(none.body);
  });

  it('writes an audit event of every refusal for want of a permission, with who and whence', async () => {
    const admin = await api.signIn(owner.email, owner.password);
    const path = '/v1/accounts/acme/audit-events?action=access.refused&actor=rui&limit=1';
    const { items } = await admin.get(path).expect<{ items: unknown[] }>(200);
    expect(items).toMatchObject([{ actor: { kind: 'member' }, from: '127.0.0.1' }]);
  });

  it('lets a credential do no more than its key, whatever session comes along', async () => {
    const admin = await api.signIn(owner.email, owner.password);
    const { credential } = await generateAndRedeem(admin, 'acme', []);
    const both = { ...credentialHeaders(credential), cookie: admin.cookie };
    await stranger.get('/v1/accounts/acme/keys', both).refused(403, 'FORBIDDEN');
    const bad = { Authorization: 'Bearer lk_nothing', cookie: admin.cookie };
    const { status } = await stranger.get('/v1/accounts/acme/keys', bad);
    expect(status).toBe(401);
  });
});
