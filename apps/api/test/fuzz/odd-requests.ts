import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { oddNumber, oddText, oddValue } from './odd-values.ts';

/** What stands for the id of a role that is there. */
const aRole = 'a-role';

/** Mostly what an operation takes, so that what is odd beside it gets behind the first check. */
const mostly = (usual: unknown, odd: fc.Arbitrary<unknown> = oddText) =>
  fc.oneof(
    { weight: 5, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: odd },
    { weight: 1, arbitrary: oddValue },
  );

/** Once in so many times; else it is not there. */
const rarely = <Value>(arbitrary: fc.Arbitrary<Value>, once = 6): fc.Arbitrary<Value | undefined> =>
  fc.oneof({ weight: once - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

const freeText = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 60 }), oddText);

/** Every field that some operation knows; each request sends those that its own knows. */
const values = fc.record({
  account: mostly('acme'),
  accountName: freeText,
  code: oddText,
  completeAt: mostly(null),
  credential: mostly({
    id: 'b2Rk',
    rawId: 'b2Rk',
    type: 'public-key',
    response: {
      clientDataJSON: 'e30',
      attestationObject: 'oA',
      authenticatorData: 'oA',
      signature: 'oA',
      userHandle: 'oA',
    },
  }),
  currentPassword: oddText,
  description: freeText,
  digest: mostly(true),
  email: fc.oneof(
    fc.nat(999).map((number) => `guest-${String(number)}@acme.example`),
    oddText,
  ),
  enrolment: oddText,
  events: mostly(false),
  expiresAt: mostly('2099-01-31T00:00:00+01:00'),
  id: fc.oneof(fc.uuid(), oddText),
  key: mostly('lk-acme-00000000'),
  language: mostly('pt'),
  name: fc.oneof(freeText, fc.constant('Order import')),
  newPassword: mostly('a long enough password'),
  password: mostly('a long enough password'),
  permission: mostly('orders.read', fc.array(oddText, { maxLength: 3 })),
  permissions: mostly(['orders.read'], fc.array(oddText, { maxLength: 3 })),
  renewalPeriodMonths: mostly(6, oddNumber),
  roleIds: mostly([aRole], fc.array(oddText, { maxLength: 3 })),
  slug: fc.oneof(fc.stringMatching(/^[a-z0-9-]{2,12}$/), oddText),
  state: mostly('paused'),
  status: mostly('inactive'),
  ticket: oddText,
  token: oddText,
  types: mostly(['key.deleted'], fc.array(oddText, { maxLength: 3 })),
  url: fc.oneof(
    // Nothing answers there, and nobody else's machine is asked.
    fc.constantFrom('https://hooks.invalid/', 'https://127.1/', 'https://[::1]:1/'),
    oddText,
  ),
  usage: oddValue,
});

const deep = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

/** Bodies that are whole as they are. */
const raw = fc.oneof(
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

/** The fields of an operation, most of them as it takes them. */
const draft = fc.record({
  values,
  without: rarely(fc.constantFrom('name', 'roleIds', 'expiresAt', 'status'), 3),
  surprise: rarely(fc.tuple(oddText, oddValue), 10),
  encoding: fc.oneof(
    { weight: 20, arbitrary: fc.constant('utf8' as const) },
    { weight: 1, arbitrary: fc.constantFrom('utf16le' as const, 'latin1' as const) },
    { weight: 1, arbitrary: fc.constant('gzip' as const) },
  ),
});

const headerText = oddText.map((text) =>
  text
    .replaceAll(/[^\x20-\x7E]/g, '')
    .trim()
    .slice(0, 2000),
);

/** A header, or several of its name. */
const headerTexts = fc.oneof(headerText, fc.array(headerText, { maxLength: 3 }));

/** A wrong one of the first three ends most requests before anything else is looked at. */
const headers = fc.record({
  'Content-Type': rarely(
    fc.constantFrom(
      'application/json; charset=utf-16',
      'application/json; charset=nothing',
      'text/plain',
      'multipart/form-data',
    ),
    10,
  ).map((type) => type ?? 'application/json'),
  'Content-Encoding': rarely(fc.constantFrom('gzip', 'br', 'nothing'), 12),
  'If-Match': rarely(fc.oneof(fc.constant('*'), headerTexts)),
  'If-None-Match': rarely(headerText),
  'Idempotency-Key': rarely(headerTexts),
  'Last-Event-ID': rarely(headerText),
  Accept: rarely(headerText),
  'X-Forwarded-For': rarely(headerTexts),
  Authorization: rarely(
    fc.oneof(
      headerText.map((text) => `Bearer ${text}`),
      headerText.map((text) => `Basic ${text}`),
    ),
    3,
  ),
});

const part = fc.oneof(
  oddText.map((text) => encodeURIComponent(text.toWellFormed())),
  fc.constantFrom('%E0%A4%A', '%', '..', 'acme', '019aa0f6-5b7e-7c1d-9d43-2f4a6f1f6f10'),
);

const query = fc
  .array(
    fc.tuple(
      fc.constantFrom('search', 'status', 'cursor', 'limit', 'sort', 'order', 'role', 'from'),
      part,
    ),
    { maxLength: 2 },
  )
  .map((pairs) => (pairs.length === 0 ? '' : `?${pairs.map((pair) => pair.join('=')).join('&')}`));

/** A request, until it is known which operation it is for. */
export const oddRequest = fc.record({
  operation: fc.nat(),
  caller: fc.constantFrom(0, 1, 1, 1, 2),
  /** Which of the things that are there stands in the path. */
  thing: fc.nat(),
  /** What stands in a place of the path instead of what is there. */
  parts: fc.array(rarely(part, 4), { minLength: 3, maxLength: 3 }),
  query,
  headers,
  body: fc.oneof({ weight: 5, arbitrary: draft }, { weight: 1, arbitrary: raw }),
  /** Instead of the operation's. */
  method: rarely(
    fc.constantFrom('PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'TRACE', 'PROPFIND', 'QUERY'),
    10,
  ),
});

/** What {@link oddRequest} draws. */
export type OddRequest = typeof oddRequest extends fc.Arbitrary<infer Drawn> ? Drawn : never;

/** Writes a body. @param role the id of a role that is there. */
export function writeBody(
  body: OddRequest['body'],
  fields: readonly string[],
  role: string,
): Buffer {
  if (typeof body === 'string' || body instanceof Uint8Array) return Buffer.from(body);
  const { encoding, surprise, without } = body;
  const known = new Map<string, unknown>(Object.entries(body.values));
  const entries = fields
    .filter((name) => name !== without)
    .map((name): [string, unknown] => [name, known.get(name)]);
  if (surprise) entries.push(surprise);
  const json = JSON.stringify(Object.fromEntries(entries)).replaceAll(`"${aRole}"`, `"${role}"`);
  return encoding === 'gzip' ? gzipSync(json) : Buffer.from(json, encoding);
}
