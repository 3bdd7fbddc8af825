import type { AuthenticationResponseJSON } from '@simplewebauthn/browser';
import type { Answers } from '../../lib/api.ts';
import { openApi } from '../../lib/api.ts';
import type { Factors } from '../../lib/failure.ts';
import type { Words } from '../../lib/words/index.ts';

type CreationOptions = Answers['passkeys']['begin']['options'];

/** Why a browser neither made nor used a passkey. */
export type PasskeyFault = keyof Words['session']['passkey']['faults'];

/** The person's browser did not do what it was asked. */
export class PasskeyError extends Error {
  readonly fault: PasskeyFault;

  constructor(fault: PasskeyFault, cause: unknown) {
    super(fault, { cause });
    this.fault = fault;
  }
}

/** What the API takes as the proof of a passkey. */
export interface PasskeyProof {
  ticket: string;
  credential: AuthenticationResponseJSON;
}

/** Whether this browser has passkeys at all; only pages that nobody could have changed on their way have them. */
export const hasPasskeys = () => typeof PublicKeyCredential === 'function';

/** Whether somebody with these factors can use a passkey here. */
export const takesPasskey = (factors: Factors) => factors.includes('passkey') && hasPasskeys();

const load = () => import('@simplewebauthn/browser');

const addresses = ['ERROR_INVALID_DOMAIN', 'ERROR_INVALID_RP_ID'];

function readFault(error: unknown): PasskeyFault {
  const { code = '', name = '' } =
    error instanceof Error ? (error as Error & { code?: string }) : {};
  if (code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED') return 'taken';
  if (addresses.includes(code) || name === 'SecurityError') return 'address';
  if (code.startsWith('ERROR_AUTHENTICATOR_') || name === 'NotSupportedError') return 'unsupported';
  return 'cancelled';
}

/** Waits for the browser. @throws {PasskeyError} */
async function ask<T>(ceremony: Promise<T>): Promise<T> {
  try {
    return await ceremony;
  } catch (error) {
    throw new PasskeyError(readFault(error), error);
  }
}

/** Has the browser make a passkey. @throws {PasskeyError} */
export async function makePasskey(options: CreationOptions) {
  const { startRegistration } = await load();
  return ask(startRegistration({ optionsJSON: options }));
}

/** Has the person choose a passkey, and the browser prove with it. @throws {PasskeyError} or when the API cannot be asked */
export async function provePasskey(): Promise<PasskeyProof> {
  const [{ startAuthentication }, { options, ticket }] = await Promise.all([
    load(),
    openApi.session.challenge.mutate(),
  ]);
  return { ticket, credential: await ask(startAuthentication({ optionsJSON: options })) };
}

/** How long a challenge is offered in a page, in milliseconds: half of what the API takes it for. */
const offerLifetime = 5 * 60 * 1000;

/**
 * Offers passkeys where the browser offers what it fills a field with, until one is chosen.
 *
 * @returns the proof; `null` where the browser does not do so, or when the signal came
 */
export async function offerPasskeys(signal: AbortSignal): Promise<PasskeyProof | null> {
  if (!hasPasskeys()) return null;
  const { browserSupportsWebAuthnAutofill, startAuthentication, WebAuthnAbortService } =
    await load();
  if (!(await browserSupportsWebAuthnAutofill())) return null;
  while (!signal.aborted) {
    const { options, ticket } = await openApi.session.challenge.mutate(undefined, { signal });
    let isOld = false;
    const cancel = () => WebAuthnAbortService.cancelCeremony();
    const timer = setTimeout(() => {
      isOld = true;
      cancel();
    }, offerLifetime);
    signal.addEventListener('abort', cancel);
    try {
      const credential = await startAuthentication({
        optionsJSON: options,
        useBrowserAutofill: true,
      });
      return { ticket, credential };
    } catch {
      if (!isOld) return null;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
    }
  }
  return null;
}
