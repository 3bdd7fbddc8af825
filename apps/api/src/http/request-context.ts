import type { IncomingHttpHeaders } from 'node:http';
import { verify, type CheckUrl, type Ports, type Principal } from '@latchkey/core';
import type { Request, Response } from 'express';
import type { Live } from '../live/live.ts';
import type { Limits } from '../limits/limits.ts';
import type { FailedSignIns } from '../people/failed-sign-ins.ts';
import type { OpenIdConnect } from '../people/openid-connect.ts';
import type { Passkeys } from '../people/passkeys.ts';
import type { PasswordResets } from '../people/password-resets.ts';
import type { People } from '../people/people.ts';
import type { SecondFactors } from '../people/second-factors.ts';
import type { SetUp } from '../people/set-up.ts';
import type { SignInChanges } from '../people/sign-in-changes.ts';
import type { Context } from '../trpc/context.ts';
import { RefusalError } from '../trpc/refusal-error.ts';
import {
  readCredentialHeaders,
  type CredentialHeaderNames,
  type PresentedCredential,
} from '../verification/credential-headers.ts';

/** What every request's context is made of. */
export interface ContextOptions {
  ports: Ports;
  people: People;
  failedSignIns: FailedSignIns;
  secondFactors: SecondFactors;
  signInChanges: SignInChanges;
  openIdConnect: OpenIdConnect | undefined;
  passkeys: Passkeys;
  passwordResets: PasswordResets;
  setUp: SetUp;
  limits: Limits;
  live: Live;
  checkWebhookUrl: CheckUrl;
  headerNames: CredentialHeaderNames;
}

/** The request's headers as the sign-in library takes them. */
function webHeaders(headers: IncomingHttpHeaders): Headers {
  const copied = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    for (const one of [value].flat()) if (one !== undefined) copied.append(name, one);
  }
  return copied;
}

/** Who signed a request. A credential that does not verify is nobody's: the session is not asked then. */
async function findPrincipal(
  options: ContextOptions,
  presented: PresentedCredential,
  readSession: Context['session'],
): Promise<Principal | null> {
  if (presented.state === 'none') {
    const session = await readSession();
    return session && { kind: 'person', ...session.person };
  }
  if (presented.state === 'malformed') {
    throw new RefusalError({ code: 'VALIDATION_FAILED', detail: presented.detail });
  }
  const { key, token } = presented;
  const verdict = await verify(options.ports, { key, token, permissions: [] });
  return verdict.valid
    ? { kind: 'key', id: verdict.key.id, key: verdict.key.key, owner: verdict.key.account }
    : null;
}

/** Makes the function that tells what procedures know of a request. */
export function makeContexts(options: ContextOptions) {
  return (request: Request, response: Response): Context => {
    const headers = webHeaders(request.headers);
    const presented = readCredentialHeaders(request, options.headerNames);
    const readSession = () => options.people.readSession(headers);
    const readPrincipal = () => findPrincipal(options, presented, readSession);
    let principal: ReturnType<Context['principal']> | undefined;
    let session: ReturnType<Context['session']> | undefined;
    const sessionOnce = async () => (session ??= readSession());
    return {
      ...options,
      from: request.ip ?? null,
      headers,
      credential: presented.state,
      principal: async () => (principal ??= findPrincipal(options, presented, sessionOnce)),
      readPrincipal,
      session: sessionOnce,
      setCookies: (cookies) => {
        for (const cookie of cookies) response.append('Set-Cookie', cookie);
      },
    };
  };
}

export type MakeContext = ReturnType<typeof makeContexts>;
