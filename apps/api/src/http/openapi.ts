import type { RefusalCode } from '@latchkey/core';
import { z } from 'zod';
import {
  createDocument,
  type ZodOpenApiContentObject,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponseObject,
} from 'zod-openapi';
import type { ProblemCode } from '../contract/problem.ts';
import { sessionCookieName } from '../people/session-cookie.ts';
import { operations, type Operation } from '../trpc/operations.ts';
import type { CredentialHeaderNames } from '../verification/credential-headers.ts';
import { describeProblems, methodNotAllowed } from './openapi-problems.ts';
import { verificationPaths } from './openapi-verification.ts';

const etag = z.string().meta({ description: 'The version of what was answered.', example: '"3"' });
const ifMatch = z.string().max(1000).optional().meta({
  description:
    'The ETag of what you saw, or several of which one must fit: if somebody changed it since, the answer is 412.',
  example: '"3"',
});
const idempotencyKey = z.string().max(255).optional().meta({
  description: 'A repeated write with the same key is answered as the first time, for a day.',
  example: '2f7c1d9e-6f0a-4d0c-9b57-0f6f1c9a3f10',
});

const tags = {
  credentials: 'Links',
  keys: 'Keys',
  externalKeys: 'External keys',
  roles: 'Roles',
  settings: 'Settings',
  auditEvents: 'Audit events',
  accounts: 'Accounts',
  mailPreference: 'Profile',
  members: 'Members',
  instance: 'Verification',
  invitations: 'Members',
  session: 'Sign-in',
  profile: 'Profile',
  secondFactor: 'Profile',
  passkeys: 'Profile',
  passwordResets: 'Sign-in',
  sessions: 'Profile',
  setUp: 'Sign-in',
  webhooks: 'Webhooks',
} as const;

function tagOf(name: string): string {
  const [noun = ''] = name.split('.');
  return tags[noun as keyof typeof tags];
}

/** Every code that an operation can be refused with. */
function codesOf(operation: Operation): ProblemCode[] {
  const { access, input, path, method, refusals = [] } = operation;
  const isWrite = method !== 'GET';
  return [
    ...(access !== 'anyone' || Object.keys(input.shape).length > 0
      ? (['VALIDATION_FAILED'] as const)
      : []),
    ...(access === 'anyone' ? [] : (['UNAUTHENTICATED'] as const)),
    ...(access === 'account' || isWrite ? (['FORBIDDEN'] as const) : []),
    ...(path.includes('{account}') ? (['NOT_FOUND'] as const) : []),
    ...(isWrite ? (['PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'] as const) : []),
    ...(isWrite && access !== 'anyone'
      ? (['IDEMPOTENCY_KEY_REUSED', 'IDEMPOTENCY_KEY_IN_USE', 'IDEMPOTENCY_ANSWER_LOST'] as const)
      : []),
    ...(isWrite && access === 'account' ? (['RATE_LIMITED'] as const) : []),
    ...(refusals satisfies readonly RefusalCode[]),
    'UNAVAILABLE',
    'INTERNAL_ERROR',
  ];
}

const parameterNames = (path: string) =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');

const location = z.string().meta({
  description: 'Where what was made is.',
  example: '/v1/accounts/acme/keys/019aa0f6-5b7e-7c1d-9d43-2f4a6f1f6f10',
});
const link = z.string().optional().meta({
  description: 'RFC 8288: where the next page is, unless this is the last.',
  example: '</v1/accounts/acme/keys?cursor=WyJr>; rel="next"',
});

function describeHeaders(operation: Operation): Pick<ZodOpenApiResponseObject, 'headers'> {
  const headers = {
    ...(operation.tagged && { ETag: etag }),
    ...(operation.location !== undefined && { Location: location }),
    ...('cursor' in operation.input.shape && { Link: link }),
  };
  return Object.keys(headers).length > 0 ? { headers: z.object(headers) } : {};
}

function describeContent({ mediaType, output }: Operation): ZodOpenApiContentObject {
  return mediaType === undefined
    ? { 'application/json': { schema: output } }
    : { [mediaType]: { schema: { type: 'string', contentMediaType: mediaType } } };
}

function describeOperation(operation: Operation): ZodOpenApiOperationObject {
  const { access, input, method, path, status = 200, summary, description, needs = [] } = operation;
  const inPath = parameterNames(path);
  const told = [
    ...(description === undefined ? [] : [description]),
    ...(needs.length === 0 ? [] : [`Needs the permission ${needs.join(' or ')}.`]),
  ];
  const { ifMatch: conditional, ...shape } = input.shape;
  const fields = Object.entries(shape);
  const pathShape = Object.fromEntries(fields.filter(([name]) => inPath.includes(name)));
  const restShape = Object.fromEntries(fields.filter(([name]) => !inPath.includes(name)));
  const hasRest = Object.keys(restShape).length > 0;
  const hasBody = hasRest && method !== 'GET' && method !== 'DELETE';
  const required = Object.values(restShape).some((field) => !field.safeParse(undefined).success);
  const headers = {
    ...(conditional && { 'If-Match': ifMatch }),
    ...(method !== 'GET' && access !== 'anyone' && { 'Idempotency-Key': idempotencyKey }),
  };
  return {
    operationId: operation.name,
    tags: [tagOf(operation.name)],
    summary,
    ...(told.length > 0 && { description: told.join(' ') }),
    ...(access === 'anyone' && { security: [] }),
    requestParams: {
      ...(inPath.length > 0 && { path: z.object(pathShape) }),
      ...(hasRest && !hasBody && { query: z.object(restShape) }),
      ...(Object.keys(headers).length > 0 && { header: z.object(headers) }),
    },
    ...(hasBody && {
      requestBody: {
        required,
        content: { 'application/json': { schema: z.strictObject(restShape) } },
      },
    }),
    responses: {
      [String(status)]: {
        description: status === 204 ? 'Done.' : 'The answer.',
        ...(status !== 204 && { content: describeContent(operation) }),
        ...describeHeaders(operation),
      },
      ...describeProblems(codesOf(operation)),
    },
  };
}

function managementPaths(): ZodOpenApiPathsObject {
  const paths: ZodOpenApiPathsObject = {};
  for (const operation of operations) {
    const path = `/v1${operation.path}`;
    const method = operation.method.toLowerCase() as Lowercase<Operation['method']>;
    paths[path] = { ...paths[path], [method]: describeOperation(operation) };
  }
  return paths;
}

/**
 * The OpenAPI 3.1 document of everything below `/v1`.
 *
 * @param headerNames the credential headers.
 */
export function describeApi(
  publicUrl: string,
  headerNames: CredentialHeaderNames,
): ReturnType<typeof createDocument> {
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Latchkey',
      version: '1',
      description:
        'API-key administration. Management takes a session cookie or the credential of an API key that holds the permission. Errors are problem+json (RFC 9457) with a stable code. A method that has no operation at a path is answered 405, with those that have one in Allow.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: publicUrl }],
    security: [{ session: [] }, { key: [], token: [] }, { basic: [] }, { bearer: [] }],
    paths: { ...verificationPaths, ...managementPaths() },
    components: {
      responses: { MethodNotAllowed: methodNotAllowed },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: sessionCookieName(publicUrl) },
        key: { type: 'apiKey', in: 'header', name: headerNames.key },
        token: { type: 'apiKey', in: 'header', name: headerNames.token },
        basic: { type: 'http', scheme: 'basic' },
        bearer: { type: 'http', scheme: 'bearer' },
      },
    },
  });
}
