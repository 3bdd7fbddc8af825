import type { CheckUrl, Ports, Principal } from '@latchkey/core';
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
import type {
  CredentialHeaderNames,
  PresentedCredential,
} from '../verification/credential-headers.ts';

/** What a procedure knows of the request that called it, whichever door it came through. */
export interface Context {
  ports: Ports;
  people: People;
  failedSignIns: FailedSignIns;
  secondFactors: SecondFactors;
  signInChanges: SignInChanges;
  /** Where the company's identity provider is set up. */
  openIdConnect: OpenIdConnect | undefined;
  passkeys: Passkeys;
  passwordResets: PasswordResets;
  setUp: SetUp;
  limits: Limits;
  live: Live;
  headerNames: CredentialHeaderNames;
  /** Which URLs webhooks may have. */
  checkWebhookUrl: CheckUrl;
  /** The client's address. */
  from: string | null;
  /** The request's headers, for those who read its cookies. */
  headers: Headers;
  /** Whether the request carries the credential of a key. */
  credential: PresentedCredential['state'];
  /**
   * Who signed the request; `null` for a stranger. Looked up once, when first asked for.
   *
   * @throws {RefusalError} for a credential in a form that nobody can read.
   */
  principal: () => Promise<Principal | null>;
  /** The same, looked up anew: for an answer that lasts longer than a session may. */
  readPrincipal: () => Promise<Principal | null>;
  /** The session that came with the request, whoever signed it; `null` without one. Looked up once. */
  session: () => ReturnType<People['readSession']>;
  /** Sends cookies with the answer. */
  setCookies: (cookies: readonly string[]) => void;
}
