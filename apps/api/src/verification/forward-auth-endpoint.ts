import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Verdict, VerificationFailure } from '@latchkey/core';
import { z } from 'zod';
import { challenge } from '../contract/challenge.ts';
import type { ProblemReason } from '../contract/problem.ts';
import { permission, slug } from '../contract/values.ts';
import { sendProblem, type OnError } from './answer.ts';
import type { AddressOf } from './client-address.ts';
import { readCredentialHeaders, type CredentialHeaderNames } from './credential-headers.ts';
import { PreparedAnswers, type PreparedAnswersPorts } from './prepared-answers.ts';
import { makeMeter, type Outcome, type Traffic } from './traffic.ts';
import type { Verifier } from './verifier.ts';

const query = z.object({ permission: z.array(permission).max(100), account: slug.optional() });

const failureDetails = {
  INVALID_CREDENTIALS: 'The credential is not valid.',
  INACTIVE: 'The key is inactive.',
  EXPIRED: 'The key has expired.',
  INSUFFICIENT_PERMISSIONS: 'The credential does not allow this.',
} as const satisfies Record<VerificationFailure, string>;

/** Percent-encodes whatever is not printable ASCII, and the percent sign, so that any name is safe in a header. */
export function headerValue(text: string): string {
  return text.replace(/[^\x20-\x24\x26-\x7E]+/gu, (part) => encodeURIComponent(part));
}

function refuse(response: ServerResponse, reason: ProblemReason, authenticate: string): void {
  sendProblem(response, reason, { 'WWW-Authenticate': authenticate });
}

type ValidVerdict = Extract<Verdict, { valid: true }>;

/** Who it is, as flat names and values. */
function identityHeaders({ key, account, roles, permissions }: ValidVerdict): string[] {
  return [
    'Cache-Control',
    'no-store',
    'Content-Length',
    '0',
    'X-Auth-Key',
    headerValue(key.key),
    'X-Auth-Key-Name',
    headerValue(key.name),
    'X-Auth-Account',
    headerValue(account),
    'X-Auth-Roles',
    roles.map((role) => headerValue(role).replaceAll(',', '%2C')).join(','),
    'X-Auth-Permissions',
    permissions.map(headerValue).join(','),
  ];
}

function sendIdentity(response: ServerResponse, headers: string[]): void {
  response.writeHead(200, headers);
  response.end();
}

function refuseVerdict(
  response: ServerResponse,
  code: VerificationFailure,
  needed: readonly string[],
): void {
  const detail = failureDetails[code];
  if (code === 'INSUFFICIENT_PERMISSIONS') {
    const scope = needed.join(' ');
    refuse(response, { code: 'FORBIDDEN', detail }, challenge('insufficient_scope', { scope }));
    return;
  }
  const authenticate = challenge('invalid_token', { error_description: detail });
  refuse(response, { code: 'UNAUTHENTICATED', detail }, authenticate);
}

const path = '/v1/forward-auth';

/**
 * Whether a request is for forward auth. Envoy puts a prefix before the path of the request that it asks about, and keeps its method and
 * query: so everything below is for it, whatever the method.
 */
export function isForwardAuth(method: string | undefined, url: string): boolean {
  if (!url.startsWith(path)) return false;
  const next = url[path.length];
  return next === undefined || next === '?'
    ? method === 'GET' || method === 'HEAD'
    : next === '/' || next === ';';
}

/**
 * What a URL asks for, as a query: its own, or what stands between `;` in the prefix of a path that is asked about. The query behind
 * such a path is the caller's, who has no say in what is asked.
 */
function readAsked(url: string): string {
  const rest = url.slice(path.length);
  if (rest === '' || rest.startsWith('?')) return rest.slice(1);
  const [prefix = ''] = rest.split(/[/?]/, 1);
  return prefix.slice(1).replaceAll(';', '&');
}

/**
 * Makes what tells of a request all that its answer depends on: what its URL asks for and its credential headers, a line each, since none of them holds a
 * line break. It reads the headers as they came, which spares Node to sort them all.
 */
function makeQuestion(names: CredentialHeaderNames): (request: IncomingMessage) => string {
  const read = [names.key, names.token, 'authorization'];
  return ({ url = '', rawHeaders }) => {
    let question = readAsked(url);
    for (let index = 0; index < rawHeaders.length; index += 2) {
      const name = rawHeaders[index] ?? '';
      for (const known of read) {
        if (known.length === name.length && known === name.toLowerCase()) {
          question += `\n${known}:${rawHeaders[index + 1] ?? ''}`;
        }
      }
    }
    return question;
  };
}

/** Answers `GET /v1/forward-auth`. @param onError hears why there is no answer. */
export type AnswerForwardAuth = (
  request: IncomingMessage,
  response: ServerResponse,
  onError: OnError,
) => void;

/** Makes the endpoint for nginx `auth_request`, Traefik, Caddy and Envoy. */
export function makeForwardAuthEndpoint(
  verifier: Verifier,
  ports: PreparedAnswersPorts,
  headerNames: CredentialHeaderNames,
  addressOf: AddressOf,
  traffic: Traffic,
): AnswerForwardAuth {
  const prepared = new PreparedAnswers<string[]>(ports);
  const questionOf = makeQuestion(headerNames);
  const meter = makeMeter(traffic, 'forward-auth');

  /** @returns how it ended. */
  async function answerAnew(
    id: string,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<Outcome> {
    const search = new URLSearchParams(readAsked(request.url ?? ''));
    // A proxy may fill them from a variable that is empty.
    const parsed = query.safeParse({
      permission: search.getAll('permission').filter((name) => name !== ''),
      account: search.get('account') || undefined,
    });
    const presented = readCredentialHeaders(request, headerNames);
    if (!parsed.success || presented.state === 'malformed') {
      const detail =
        presented.state === 'malformed'
          ? presented.detail
          : 'permission takes a dotted name, once or more; account takes a slug.';
      refuse(response, { code: 'VALIDATION_FAILED', detail }, challenge('invalid_request'));
      return 'MALFORMED';
    }
    if (presented.state === 'none') {
      const detail = 'Send the credential of an API key.';
      refuse(response, { code: 'UNAUTHENTICATED', detail }, challenge());
      return 'NO_CREDENTIALS';
    }
    const { permission: permissions, account } = parsed.data;
    const { key, token } = presented;
    const { verdict, sighting } = await verifier({ key, token, account, permissions }, () =>
      addressOf(request),
    );
    if (!verdict.valid || !sighting) {
      const code = verdict.valid ? 'INVALID_CREDENTIALS' : verdict.code;
      refuseVerdict(response, code, permissions);
      return code;
    }
    const identity = identityHeaders(verdict);
    prepared.keep(id, sighting, identity);
    sendIdentity(response, identity);
    return 'VALID';
  }

  return (request, response, onError) => {
    const begun = meter.begin();
    const id = PreparedAnswers.idOf(questionOf(request));
    const ready = prepared.take(id);
    if (ready) {
      sendIdentity(response, ready);
      meter.end('VALID', begun);
      return;
    }
    void answerAnew(id, request, response)
      .catch((error: unknown) => onError(response, error))
      .then((outcome) => meter.end(outcome, begun));
  };
}
