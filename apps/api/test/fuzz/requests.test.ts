import assert from 'node:assert/strict';
import { request as send } from 'node:http';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { owner, startApi, type RunningApi } from '../api/running-api.ts';
import { createRole, credentialHeaders, generateAndRedeem } from '../api/things.ts';
import { engines } from '../databases.ts';

/** How many requests each engine gets, and where chance begins. `npm run fuzz` takes more, from another place each time. */
const cases = Number(process.env['FUZZ_CASES'] ?? 300);
const seed = Number(process.env['FUZZ_SEED'] ?? 20_261_125);

/** A request that is not answered by then hangs, in milliseconds. */
const patience = 20_000;

const document = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.looseObject({ operationId: z.string() }))),
});

interface Operation {
  method: string;
  path: string;
}

/** What is worth trying in the place of any text. */
const oddText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    '',
    '\0',
    'a\0b',
    '\uD800',
    'x\uDFFFy',
    '__proto__',
    'constructor',
    '../../etc/passwd',
    "' or 1=1 --",
    '%00',
    '𝕏'.repeat(50),
    'a'.repeat(5000),
    '2026-02-30T00:00:00Z',
    '9999-12-31T23:59:59-14:00',
    'null',
    '-0',
    '1e400',
  ),
);

const oddNumber = fc.oneof(
  fc.double(),
  fc.constantFrom(Number.MAX_SAFE_INTEGER + 2, -1, 0, 1e308, 5e-324),
);

const oddValue = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    oddText,
    oddNumber,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(oddText, tie('value'), { maxKeys: 4 }),
  ),
})).value;

/** The fields that operations know, so that some of what is sent gets past the first check. */
const known = fc.record(
  {
    name: oddText,
    roleIds: fc.oneof(fc.array(oddText, { maxLength: 3 }), oddValue),
    expiresAt: fc.oneof(oddText, fc.constant(null)),
    completeAt: fc.oneof(oddText, fc.constant(null)),
    status: oddText,
    email: oddText,
    password: oddText,
    permissions: fc.oneof(fc.array(oddText, { maxLength: 3 }), oddValue),
    renewalPeriodMonths: oddValue,
    key: oddText,
    token: oddText,
    account: oddText,
    permission: fc.oneof(oddText, fc.array(oddText, { maxLength: 3 })),
    slug: oddText,
    code: oddText,
  },
  { requiredKeys: [] },
);

const deep = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

const body = fc.oneof(
  { weight: 4, arbitrary: known.map((value) => JSON.stringify(value)) },
  { weight: 2, arbitrary: oddValue.map((value) => JSON.stringify(value)) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '',
      '{',
      '{"__proto__": {"admin": true}}',
      '{"constructor": {"prototype": {"admin": true}}}',
      '{"name": 1e999}',
      deep(10_000),
      `{"name": ${deep(5000)}}`,
      '{"name": "\\ud800"}',
      '{"name": "a\\u0000b", "roleIds": []}',
      '\uFEFF{}',
    ),
  },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)) },
);

const headerText = oddText.map((text) => text.replaceAll(/[^\x20-\x7E]/g, '').trim());

const headers = fc.record(
  {
    'Content-Type': fc.constantFrom(
      'application/json',
      'application/json; charset=utf-16',
      'application/json; charset=nothing',
      'text/plain',
      'multipart/form-data',
    ),
    'Content-Encoding': fc.constantFrom('gzip', 'br', 'nothing'),
    'If-Match': headerText,
    'If-None-Match': headerText,
    'Idempotency-Key': headerText,
    'Last-Event-ID': headerText,
    Accept: headerText,
    'X-Forwarded-For': headerText,
    Authorization: fc.oneof(
      headerText.map((text) => `Bearer ${text}`),
      headerText.map((text) => `Basic ${text}`),
    ),
  },
  { requiredKeys: ['Content-Type'] },
);

const part = fc.oneof(
  oddText.map((text) => encodeURIComponent(text.replaceAll(/[\uD800-\uDFFF]/g, '?'))),
  fc.constantFrom('%E0%A4%A', '%', '..', 'acme', '019aa0f6-5b7e-7c1d-9d43-2f4a6f1f6f10'),
);

const query = fc.oneof(
  fc.constant(''),
  fc
    .array(
      fc.tuple(
        fc.constantFrom('search', 'status', 'cursor', 'limit', 'sort', 'order', 'role', 'from'),
        part,
      ),
      { maxLength: 3 },
    )
    .map((pairs) => `?${pairs.map((pair) => pair.join('=')).join('&')}`),
);

describe.each(engines)(`whatever is sent, on %s (seed ${String(seed)})`, (engine) => {
  let api: RunningApi;
  let operations: Operation[];
  let callers: Record<string, string>[];
  const secrets: string[] = [owner.password];

  beforeAll(async () => {
    api = await startApi(engine, { LATCHKEY_WRITES_PER_MINUTE: '0' });
    const admin = await api.signIn(owner.email, owner.password);
    const all = ['keys.view', 'keys.edit', 'keys.renew', 'roles.edit', 'members.edit'];
    const role = await createRole(admin, 'acme', all);
    const { credential } = await generateAndRedeem(admin, 'acme', [role.id]);
    secrets.push(credential.token, admin.cookie.slice(admin.cookie.indexOf('=') + 1));
    callers = [{}, { Cookie: admin.cookie }, credentialHeaders(credential)];
    const { paths } = document.parse(await admin.get('/v1/openapi.json').expect(200));
    operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods)
        // Signing out would end the session that the others need.
        .filter((method) => !(path.endsWith('/session') && method === 'delete'))
        .map((method) => ({ path, method: method.toUpperCase() })),
    );
  });
  afterAll(() => api.stop());

  function ask(
    method: string,
    path: string,
    sent: Record<string, string>,
    content: string | Buffer,
  ): Promise<{ status: number; type: string }> {
    return new Promise((resolve, reject) => {
      const hasBody = method !== 'GET' && method !== 'HEAD';
      const length = hasBody && { 'Content-Length': String(Buffer.byteLength(content)) };
      const request = send(`${api.url}${path}`, {
        method,
        headers: { ...sent, ...length },
        timeout: patience,
      });
      request.on('timeout', () => request.destroy(new Error(`${method} ${path} hangs`)));
      request.on('error', (error: NodeJS.ErrnoException) => {
        // The server may end a connection whose body it will not read.
        if (error.code === 'EPIPE' || error.code === 'ECONNRESET') resolve({ status: 0, type: '' });
        else reject(error);
      });
      request.on('response', (response) => {
        response.resume();
        const type = response.headers['content-type'] ?? '';
        response.on('end', () => resolve({ status: response.statusCode ?? 0, type }));
      });
      request.end(hasBody ? content : undefined);
    });
  }

  it('is answered, never with a fault of ours, and leaves no secret in the log', async () => {
    const any = fc.tuple(
      fc.nat(),
      fc.constantFrom(0, 1, 1, 2),
      fc.array(part, { minLength: 4, maxLength: 4 }),
      query,
      headers,
      body,
    );
    const property = fc.asyncProperty(any, async ([chosen, who, parts, search, extra, content]) => {
      const operation = operations[chosen % operations.length];
      if (!operation) throw new Error('The document has no operations.');
      let index = 0;
      const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
        index += 1;
        // Mostly the account is one that is there, so that what comes behind it is reached.
        return name === 'account' && chosen % 4 !== 0 ? 'acme' : (parts[index - 1] ?? 'x');
      });
      const caller = callers[who] ?? {};
      const { Authorization: claimed, ...rest } = extra;
      const sent = {
        ...rest,
        ...(claimed !== undefined && who === 0 && { Authorization: claimed }),
        ...caller,
      };
      const { status, type } = await ask(operation.method, path + search, sent, content);
      const told = `${operation.method} ${path}${search} answered ${String(status)} as ${type}`;
      assert.ok(status < 500, told);
      assert.ok(status < 400 || type.startsWith('application/problem+json'), told);
    });
    await fc.assert(property, { numRuns: cases, seed, endOnFailure: true });
    const log = api.log();
    expect(log).not.toContain('request failed');
    for (const secret of secrets) expect(log).not.toContain(secret);
  }, 1_200_000);
});
