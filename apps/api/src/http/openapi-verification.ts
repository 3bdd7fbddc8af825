import { z } from 'zod';
import type {
  ZodOpenApiOperationObject,
  ZodOpenApiPathItemObject,
  ZodOpenApiPathsObject,
} from 'zod-openapi';
import type { ProblemCode } from '../contract/problem.ts';
import {
  credentialAnswer,
  credentialQuestion,
  remoteQuestions,
  remoteVerification,
  remoteVerificationPath,
  usageReport,
  type RemoteQuestion,
} from '../contract/remote-verification.ts';
import { permission, slug } from '../contract/values.ts';
import { verdict, verificationBody } from '../contract/verification.ts';
import { describeProblems } from './openapi-problems.ts';

/** Only the credential of an API key, no session. */
const credentialAlone = [{ key: [], token: [] }, { basic: [] }, { bearer: [] }];

const forwardAuthHeaders = z.object({
  'X-Auth-Key': z.string(),
  'X-Auth-Key-Name': z.string().meta({ description: 'Percent-encoded outside printable ASCII.' }),
  'X-Auth-Account': z.string(),
  'X-Auth-Roles': z.string().meta({ description: 'Names, separated by commas.' }),
  'X-Auth-Permissions': z.string().meta({ description: 'Names, separated by commas.' }),
});

const body = (schema: z.ZodType) => ({
  required: true,
  content: { 'application/json': { schema } },
});

const remoteAccess: readonly ProblemCode[] = [
  'VALIDATION_FAILED',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'RATE_LIMITED',
  'UNAVAILABLE',
  'INTERNAL_ERROR',
];

/** What `@latchkey/client/verifier` asks for. */
const remoteOperations: Record<
  RemoteQuestion,
  Pick<ZodOpenApiOperationObject, 'summary' | 'description' | 'requestBody' | 'responses'>
> = {
  changes: {
    summary: 'Follow the changes that answers of a verifier depend on',
    description:
      'Server-sent events: `open` once; `change` with the `keyId` of what changed, or of everything without one; `lost` when changes may have been missed; `confirmed` when nothing else happened until `at`. Times are milliseconds on the node’s own clock: only their differences mean something.',
    responses: {
      '200': {
        description: 'The events, for an hour at the most. Then ask again.',
        content: {
          'text/event-stream': {
            schema: { type: 'string', examples: ['event: open\ndata: {"at":1234.5}\n\n'] },
          },
        },
      },
      ...describeProblems(remoteAccess),
    },
  },
  credentials: {
    summary: 'Learn what a credential is worth in the account, to answer for it from then on',
    requestBody: body(credentialQuestion),
    responses: {
      '200': {
        description: 'The verdict, and how long it holds while no change is told.',
        content: { 'application/json': { schema: credentialAnswer } },
      },
      ...describeProblems([...remoteAccess, 'PAYLOAD_TOO_LARGE']),
    },
  },
  usage: {
    summary: 'Report the uses that a verifier counted',
    requestBody: body(usageReport),
    responses: {
      '204': { description: 'They are written down, once, however often they are sent.' },
      ...describeProblems([...remoteAccess, 'PAYLOAD_TOO_LARGE', 'IDEMPOTENCY_KEY_IN_USE']),
    },
  },
};

function remotePath(name: RemoteQuestion): [path: string, ZodOpenApiPathItemObject] {
  const { description, ...operation } = remoteOperations[name];
  const told = description === undefined ? [] : [description];
  const method = remoteVerification[name].toLowerCase() as 'get' | 'post';
  return [
    `/v1${remoteVerificationPath(name)}`,
    {
      [method]: {
        operationId: `verifier.${name}`,
        tags: ['Verification'],
        description: [...told, 'Needs the permission keys.view.'].join(' '),
        security: credentialAlone,
        requestParams: { path: z.object({ account: slug }) },
        ...operation,
      },
    },
  ];
}

/** What LATCHKEY_UNKNOWN_TOKENS_PER_MINUTE does. */
const limited =
  'After too many unknown tokens from one address in a minute another unknown one is answered 429, with Retry-After. A valid credential is answered whatever else came from there.';

/** The operations of the verification path, which has no procedures. */
export const verificationPaths: ZodOpenApiPathsObject = {
  '/v1/verify': {
    post: {
      operationId: 'verify',
      tags: ['Verification'],
      summary: 'Check a credential',
      description: limited,
      security: [],
      requestBody: body(verificationBody),
      responses: {
        '200': {
          description: 'Whether the credential is valid, and why not.',
          content: { 'application/json': { schema: verdict } },
        },
        ...describeProblems([
          'VALIDATION_FAILED',
          'PAYLOAD_TOO_LARGE',
          'RATE_LIMITED',
          'UNAVAILABLE',
          'INTERNAL_ERROR',
        ]),
      },
    },
  },
  '/v1/forward-auth': {
    get: {
      operationId: 'forwardAuth',
      tags: ['Verification'],
      summary: 'Check the credential in the headers, for a reverse proxy',
      description: limited,
      security: credentialAlone,
      requestParams: {
        query: z.object({
          permission: z.array(permission).optional().meta({ description: 'All are needed.' }),
          account: slug.optional(),
        }),
      },
      responses: {
        '200': {
          description: 'Valid; who it is stands in the headers.',
          headers: forwardAuthHeaders,
        },
        ...describeProblems([
          'VALIDATION_FAILED',
          'UNAUTHENTICATED',
          'FORBIDDEN',
          'RATE_LIMITED',
          'UNAVAILABLE',
          'INTERNAL_ERROR',
        ]),
      },
    },
  },
  ...Object.fromEntries(remoteQuestions.map(remotePath)),
};
