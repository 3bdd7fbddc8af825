import assert from 'node:assert/strict';
import { request as send } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { owner, startApi, type RunningApi } from '../api/running-api.ts';
import type { RestClient } from '../api/rest-client.ts';
import {
  createRole,
  credentialHeaders,
  generateAndRedeem,
  secretOf,
  type Delivery,
  type IssuedInvitation,
  type IssuedKey,
  type IssuedWebhook,
} from '../api/things.ts';
import { engines } from '../databases.ts';
import { oddRequest, writeBody, type OddRequest } from './odd-requests.ts';
import { seed } from './odd-values.ts';

/** How many requests each engine gets. `npm run fuzz` sends more. */
const cases = Math.max(400, Number(process.env['FUZZ_CASES'] ?? 0));

/** A request that is not answered by then hangs, in milliseconds. */
const patience = 20_000;

const bodySchema = z.looseObject({ properties: z.record(z.string(), z.unknown()) });
const reference = z.looseObject({ $ref: z.string() });

const document = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.looseObject({
        requestBody: z
          .object({
            content: z.object({ 'application/json': z.object({ schema: z.unknown() }) }),
          })
          .optional(),
      }),
    ),
  ),
  components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
});

/** What a refusal says, whatever was asked. */
const problem = z.looseObject({ status: z.int(), code: z.string(), detail: z.string() });

interface Operation {
  method: string;
  path: string;
  /** What its body may hold. */
  fields: string[];
}

/** Signing out would end the session that the other requests need. */
const isSignOut = (method: string, path: string) =>
  method === 'DELETE' && path.endsWith('/session');

function readOperations(given: unknown): Operation[] {
  const { paths, components } = document.parse(given);
  const fieldsOf = (schema: unknown) => {
    const referred = reference.safeParse(schema);
    const name = referred.data?.$ref.split('/').at(-1) ?? '';
    const found = bodySchema.safeParse(referred.success ? components.schemas[name] : schema);
    return Object.keys(found.data?.properties ?? {});
  };
  return Object.entries(paths)
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { requestBody }]) => ({
        path,
        method: method.toUpperCase(),
        fields: fieldsOf(requestBody?.content['application/json'].schema),
      })),
    )
    .filter(({ method, path }) => !isSignOut(method, path));
}

/** An answer, read to its end; without a status when the server ended the connection. */
interface Seen {
  status: number | undefined;
  type: string;
  text: string;
}

/** What is there to be asked for, by what stands before or in its place of a path. */
type Things = Map<string, string[]>;

async function makeThings(admin: RestClient, role: string): Promise<Things> {
  const things: Things = new Map();
  const add = (name: string, thing: string) => {
    things.set(name, [...(things.get(name) ?? []), thing]);
  };
  await admin.post('/v1/accounts', { slug: 'partner', name: 'Partner' }).expect(201);
  for (let count = 0; count < 12; count += 1) {
    add('keys', (await generateAndRedeem(admin, 'acme', [role])).key.id);
    const unread = admin.post('/v1/accounts/acme/keys', { name: 'Unread', roleIds: [role] });
    add('{linkToken}', secretOf((await unread.expect<IssuedKey>(201)).link.url));
    const theirs = await generateAndRedeem(admin, 'partner', []);
    const granted = { key: theirs.key.key, roleIds: [role] };
    const external = admin.post('/v1/accounts/acme/external-keys', granted);
    add('external-keys', (await external.expect<{ id: string }>(201)).id);
    add('roles', (await createRole(admin, 'acme', [], `Role ${String(count)}`)).id);
    const body = { email: `invited-${String(count)}@acme.example`, roleIds: [role] };
    const invited = await admin
      .post('/v1/accounts/acme/members', body)
      .expect<IssuedInvitation>(201);
    add('members', invited.member.id);
    add('{invitation}', secretOf(invited.invitation?.url ?? ''));
  }
  for (let count = 0; count < 4; count += 1) {
    const body = { url: 'https://hooks.invalid/', types: ['key.expired'] };
    const issued = await admin.post('/v1/accounts/acme/webhooks', body).expect<IssuedWebhook>(201);
    const path = `/v1/accounts/acme/webhooks/${issued.webhook.id}`;
    add('webhooks', issued.webhook.id);
    add('{webhookSecret}', issued.secret);
    add('deliveries', (await admin.post(`${path}/test`).expect<Delivery>(201)).id);
  }
  return things;
}

describe.each(engines)(`whatever is sent, on %s (seed ${String(seed)})`, (engine) => {
  let api: RunningApi;
  let operations: Operation[];
  let callers: Record<string, string>[];
  let role: string;
  let things: Things;
  const secrets: string[] = [owner.password];

  beforeAll(async () => {
    api = await startApi(engine, { LATCHKEY_WRITES_PER_MINUTE: '0' });
    const admin = await api.signIn(owner.email, owner.password);
    const all = [
      'keys.view',
      'keys.edit',
      'keys.renew',
      'keys.settings',
      'roles.edit',
      'members.edit',
    ];
    role = (await createRole(admin, 'acme', all, 'All')).id;
    const { credential } = await generateAndRedeem(admin, 'acme', [role]);
    things = await makeThings(admin, role);
    secrets.push(credential.token, admin.cookie.slice(admin.cookie.indexOf('=') + 1));
    for (const secret of ['{linkToken}', '{invitation}', '{webhookSecret}']) {
      secrets.push(...(things.get(secret) ?? []));
    }
    callers = [{}, { Cookie: admin.cookie }, credentialHeaders(credential)];
    operations = readOperations(await admin.get('/v1/openapi.json').expect(200));
  });
  afterAll(() => api.stop());

  function ask(
    method: string,
    target: string,
    headers: Record<string, string | string[]>,
    content: Buffer,
  ): Promise<Seen> {
    return new Promise((resolve, reject) => {
      const hasBody = method !== 'GET' && method !== 'HEAD';
      const length = hasBody && { 'Content-Length': String(content.length) };
      const request = send(`${api.url}${target}`, {
        method,
        headers: { ...headers, ...length },
        timeout: patience,
      });
      request.on('timeout', () => request.destroy(new Error(`${method} ${target} hangs`)));
      request.on('error', (error: NodeJS.ErrnoException) => {
        // The server may end a connection whose body it will not read.
        if (error.code === 'EPIPE' || error.code === 'ECONNRESET')
          resolve({ status: undefined, type: '', text: '' });
        else reject(error);
      });
      request.on('response', (response) => {
        const type = response.headers['content-type'] ?? '';
        const seen = (text: string) => resolve({ status: response.statusCode, type, text });
        if (type.startsWith('text/event-stream')) {
          // It has no end.
          seen('');
          request.destroy();
        } else readText(response).then(seen, reject);
      });
      request.end(hasBody ? content : undefined);
    });
  }

  /** What stands in the places of a path: mostly what is there. */
  function fill(path: string, { parts, thing }: OddRequest): string {
    const segments = path.split('/');
    let place = 0;
    return segments
      .map((segment, index) => {
        if (!segment.startsWith('{')) return segment;
        const odd = parts[place];
        place += 1;
        if (odd !== undefined) return odd;
        if (segment === '{account}') return 'acme';
        const there = things.get(segment) ?? things.get(segments[index - 1] ?? '') ?? ['x'];
        return there[thing % there.length] ?? 'x';
      })
      .join('/');
  }

  it('is answered, never with a fault of ours, and leaves no secret in the log', async () => {
    const counts = new Map<string, number>();
    const count = (name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
    const property = fc.asyncProperty(oddRequest, async (drawn) => {
      const operation = operations[drawn.operation % operations.length];
      if (!operation) throw new Error('The document has no operations.');
      // Whoever joins begins a session of their own, which ends the one that they came with.
      const caller = operation.path.endsWith('/accept') ? 0 : drawn.caller;
      const { Authorization: claimed, ...others } = drawn.headers;
      const given = Object.entries(others).filter(([, value]) => value !== undefined);
      const headers = {
        ...(Object.fromEntries(given) as Record<string, string | string[]>),
        ...(claimed !== undefined && caller === 0 && { Authorization: claimed }),
        ...callers[caller],
      };
      const path = fill(operation.path, drawn);
      const other = drawn.method;
      const isOther = other !== undefined && !isSignOut(other, path);
      const method = isOther ? other : operation.method;
      const target = path + (operation.method === 'GET' ? drawn.query : '');
      const content = writeBody(drawn.body, operation.fields, role);
      const { status, type, text } = await ask(method, target, headers, content);
      count(String(status));
      if (status === undefined) return;
      const told = `${method} ${target} answered ${String(status)} as ${type}`;
      assert.ok(status < 500, told);
      if (status < 400) {
        if (!isOther && method !== 'GET') count('done');
        return;
      }
      assert.ok(type.startsWith('application/problem+json'), told);
      if (method !== 'HEAD') assert.equal(problem.parse(JSON.parse(text)).status, status, told);
    });
    await fc.assert(property, { numRuns: cases, seed, endOnFailure: true });
    // It got behind the doors and was told apart there: chance that never gets past them would find nothing.
    const seldom = Object.fromEntries(
      ['200', '400', '401', '404', '405', '415'].map((status) => [status, counts.get(status) ?? 0]),
    );
    expect(Object.values(seldom).every((times) => times > 0)).toBe(true);
    expect(counts.get('done') ?? 0).toBeGreaterThan(cases / 100);
    expect(counts.get('undefined') ?? 0).toBeLessThan(cases / 10);
    await api.stranger().get('/readyz').expect(200);
    // What is counted in memory is written when the service ends.
    await api.restart({});
    const log = api.log();
    expect(log).not.toContain('request failed');
    expect(log).not.toContain('"level":50');
    for (const secret of secrets) expect(log).not.toContain(secret);
  }, 1_200_000);
});
