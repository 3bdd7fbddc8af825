import { createTRPCClient, httpLink } from '@trpc/client';
import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '@latchkey/api/router';
import { reportLost, reportReached } from './connection.ts';
import { askToSignIn } from './session-end.ts';
import { makeSessionRequest } from './session-request.ts';
import type { Request } from './session-request.ts';

/** What the API's procedures answer. */
export type Answers = inferRouterOutputs<AppRouter>;

export type Account = Answers['accounts']['list']['items'][number];
export type AuditEvent = Answers['auditEvents']['list']['items'][number];
export type Delivery = Answers['webhooks']['deliveries']['items'][number];
export type ExternalKey = Answers['externalKeys']['list']['items'][number];
export type Key = Answers['keys']['get'];
export type KeyPage = Answers['keys']['list'];
export type MailPreference = Answers['mailPreference']['get'];
export type Member = Answers['members']['list']['items'][number];
export type Passkey = Answers['passkeys']['list']['items'][number];
export type Person = Answers['session']['get'];
export type Profile = Answers['profile']['get'];
export type Role = Answers['roles']['list']['items'][number];
export type Session = Answers['sessions']['list']['items'][number];
export type Webhook = Answers['webhooks']['list']['items'][number];

const gateways = [502, 503, 504];

/** Notices a connection that is lost, and one that is back. */
const noticing: Request = async (url, init) => {
  try {
    const answer = await fetch(url, init);
    if (gateways.includes(answer.status)) reportLost();
    else reportReached();
    return answer;
  } catch (error) {
    if (!init?.signal?.aborted) reportLost();
    throw error;
  }
};

const signedIn = makeSessionRequest(noticing, askToSignIn);

// tRPC types its own `fetch` by the least that it needs, without the DOM's types.
const client = (request: Request) =>
  createTRPCClient<AppRouter>({
    links: [httpLink({ url: '/trpc', fetch: (url, init) => request(url, init as RequestInit) })],
  });

/**
 * The API, typed by its router, for whoever is signed in. Secrets come only from mutations: their
 * answers are kept nowhere.
 */
export const api = client(signedIn);

/** The API for a stranger: a 401 is an answer. */
export const openApi = client(noticing);
