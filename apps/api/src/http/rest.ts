import { enterAccount, lacking, type FieldIssue } from '@latchkey/core';
import { callTRPCProcedure, getTRPCErrorFromUnknown, type TRPCError } from '@trpc/server';
import { json, Router, type Request, type RequestHandler } from 'express';
import { challenge } from '../contract/challenge.ts';
import { problemStatuses, type ProblemReason } from '../contract/problem.ts';
import {
  remoteQuestions,
  remoteVerification,
  remoteVerificationPath,
} from '../contract/remote-verification.ts';
import type { Context } from '../trpc/context.ts';
import type { Download } from '../trpc/download.ts';
import { operations, type Operation } from '../trpc/operations.ts';
import { readRefusal, RefusalError, unwrap } from '../trpc/refusal-error.ts';
import type { Idempotency } from './idempotency.ts';
import { isRecord } from './is-record.ts';
import { answerProblem } from './problem-answer.ts';
import type { MakeContext } from './request-context.ts';
import { hasBody, requireJson } from './require-json.ts';
import { makeAnswer, sendAnswer, type RestAnswer } from './rest-answer.ts';
import { sendDownload } from './send-download.ts';

/** The largest body that the API reads. */
export const bodyLimit = '256kb';

/** What the door needs besides the procedures. */
export interface RestOptions {
  makeContext: MakeContext;
  idempotency: Idempotency;
  /** Hears of every defect. */
  onError: (error: unknown) => void;
}

const readsBody = (method: string) => method !== 'GET' && method !== 'DELETE';

/** What stands in the path or a header stands nowhere else. @throws {RefusalError} */
function refuseStrays(given: Record<string, unknown>, { params }: Request): void {
  const strays = Object.keys(given).filter((name) => name in params || name === 'ifMatch');
  if (strays.length === 0) return;
  throw new RefusalError({
    code: 'VALIDATION_FAILED',
    detail: 'Some fields are not as expected.',
    fields: strays.map((path) => ({ path, message: 'There is no such field.' })),
  });
}

/** The one input of a procedure, out of path, query or body, and `If-Match`. */
function readInput(operation: Operation, request: Request): Record<string, unknown> {
  const ifMatch = 'ifMatch' in operation.input.shape ? request.get('If-Match') : undefined;
  const body: unknown = request.body;
  // A form sends the fields that nobody filled in as empty.
  const query = Object.fromEntries(
    Object.entries(request.query).filter(([, value]) => value !== ''),
  );
  const given = readsBody(operation.method) ? (body ?? {}) : query;
  if (isRecord(given)) refuseStrays(given, request);
  return {
    ...(isRecord(given) && given),
    ...(ifMatch !== undefined && { ifMatch }),
    ...request.params,
  };
}

/** What stands in the path in a form that nothing here has leads nowhere: to nothing, or to a link or an invitation that is gone. */
const nowhere = {
  linkToken: { code: 'LINK_GONE', detail: 'This link is no longer available.' },
  invitation: { code: 'INVITATION_GONE', detail: 'This invitation is no longer available.' },
  reset: { code: 'RESET_GONE', detail: 'This link is no longer available.' },
} as const satisfies Record<string, ProblemReason>;

function readReason(error: TRPCError, { path }: Operation, request: Request): ProblemReason {
  const reason = readRefusal(error);
  const isInPath = ({ path: place }: FieldIssue) => place in request.params;
  if (error instanceof RefusalError || !reason.fields?.some(isInPath)) return reason;
  const secret = Object.entries(nowhere).find(([name]) => path.includes(`{${name}}`));
  return secret?.[1] ?? { code: 'NOT_FOUND', detail: 'There is no such thing.' };
}

/** What RFC 6750 says to a credential that is of no use here. */
function findChallenge({ credential }: Context, { code }: ProblemReason): string | undefined {
  if (code === 'UNAUTHENTICATED')
    return challenge(credential === 'presented' ? 'invalid_token' : undefined);
  if (code === 'SECOND_FACTOR_REQUIRED') return challenge();
  if (code === 'FORBIDDEN' && credential === 'presented') return challenge('insufficient_scope');
  if (code === 'VALIDATION_FAILED' && credential === 'malformed')
    return challenge('invalid_request');
  return undefined;
}

/** Whoever is given the answer of a write that is done already must still be allowed to ask for it. */
async function authoriseAgain(
  { access, needs = [] }: Operation,
  request: Request,
  ctx: Context,
): Promise<void> {
  const principal = await ctx.principal();
  if (access !== 'account' || !principal) return;
  const slug = String(request.params['account']);
  const { actor } = unwrap(await enterAccount(ctx.ports, principal, slug));
  const refusal = needs.length > 0 && lacking(actor, ...needs);
  if (refusal) unwrap(refusal);
}

function makeHandler(operation: Operation, options: RestOptions): RequestHandler {
  return async (request, response) => {
    const ctx = options.makeContext(request, response);
    const { name, type, method } = operation;
    const callProcedure = async (within: Context): Promise<unknown> =>
      callTRPCProcedure({
        router: operation.router,
        path: name,
        type,
        ctx: within,
        getRawInput: async () => Promise.resolve(readInput(operation, request)),
        signal: undefined,
        batchIndex: 0,
      });
    const call = async (within: Context): Promise<RestAnswer> =>
      makeAnswer(operation, request, await callProcedure(within));
    const authorise = async () => authoriseAgain(operation, request, ctx);
    try {
      if (operation.mediaType !== undefined) {
        const download = (await callProcedure(ctx)) as Download;
        await sendDownload(request, response, download, operation.mediaType);
        return;
      }
      const once = method !== 'GET' && operation.access !== 'anyone';
      const answer = once
        ? await options.idempotency.once(request, ctx, { call, authorise })
        : await call(ctx);
      if ('code' in answer) answerProblem(response, answer);
      else sendAnswer(response, answer);
    } catch (thrown) {
      const error = getTRPCErrorFromUnknown(thrown);
      const reason = readReason(error, operation, request);
      if (problemStatuses[reason.code] >= 500) options.onError(error.cause ?? error);
      const authenticate = findChallenge(ctx, reason);
      if (authenticate !== undefined) response.set('WWW-Authenticate', authenticate);
      answerProblem(response, reason);
    }
  };
}

/** Refuses JSON that is not the object that every operation with a body takes. */
const requireObject: RequestHandler = (request, response, next) => {
  if (!hasBody(request) || !readsBody(request.method) || isRecord(request.body)) {
    next();
    return;
  }
  answerProblem(response, { code: 'VALIDATION_FAILED', detail: 'The body is no JSON object.' });
};

/** How deep JSON may go. No operation takes more than a few levels, and what is nested without end cannot be written again. */
const levelLimit = 32;

function isWithin(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((inner) => isWithin(inner, levels - 1));
}

const refuseDeep: RequestHandler = (request, response, next) => {
  if (isWithin(request.body, levelLimit)) next();
  else {
    answerProblem(response, {
      code: 'VALIDATION_FAILED',
      detail: 'The body is nested too deeply.',
    });
  }
};

/** `/accounts/{account}` as Express writes it. */
const expressPath = (path: string) => path.replaceAll(/\{(\w+)\}/g, ':$1');

/** The methods of every path below `/v1`; those of verification, which is answered before, among them. */
function methodsByPath(): Map<string, string[]> {
  const methods = new Map<string, string[]>([
    ['/verify', ['POST']],
    ['/forward-auth', ['GET', 'HEAD']],
  ]);
  for (const name of remoteQuestions) {
    methods.set(remoteVerificationPath(name), [remoteVerification[name]]);
  }
  for (const { path, method } of operations) {
    const answered = method === 'GET' ? ['GET', 'HEAD'] : [method];
    methods.set(path, [...(methods.get(path) ?? []), ...answered]);
  }
  return methods;
}

/** Answers whatever none of a path's operations took. */
function allowOnly(methods: readonly string[]): RequestHandler {
  const allowed = [...methods, 'OPTIONS'].join(', ');
  return (request, response) => {
    response.set('Allow', allowed);
    if (request.method === 'OPTIONS') {
      response.status(204).end();
      return;
    }
    const detail = `This path takes ${allowed}.`;
    answerProblem(response, { code: 'METHOD_NOT_ALLOWED', detail });
  };
}

/** The REST door: every operation that the router declares, below where it is mounted. */
export function makeRest(options: RestOptions): Router {
  const rest = Router({ caseSensitive: true });
  rest.use(requireJson, json({ limit: bodyLimit }), refuseDeep, requireObject);
  // A path without parameters, with all its methods, goes before one with a parameter in its place.
  const specific = (path: string) => path.split('{').length;
  const paths = [...methodsByPath()].sort(([a], [b]) => specific(a) - specific(b));
  for (const [path, methods] of paths) {
    for (const operation of operations.filter((candidate) => candidate.path === path)) {
      const method = operation.method.toLowerCase() as Lowercase<Operation['method']>;
      rest[method](expressPath(path), makeHandler(operation, options));
    }
    rest.all(expressPath(path), allowOnly(methods));
  }
  return rest;
}
