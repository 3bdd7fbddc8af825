import { ok, refuse, refuseField, type Person, type Ports, type Result } from '@latchkey/core';
import { z } from 'zod';
import type { Removal } from '../contract/identities.ts';
import type { PasskeyRecord, PasskeyRecords, UsedChallenge } from '../contract/passkeys.ts';
import type {
  Assertion,
  Attestation,
  CreationOptions,
  RequestOptions,
} from '../contract/webauthn.ts';
import type { BrowserCookie } from './browser-cookie.ts';
import type { RecoveryCodes } from './recovery-codes.ts';
import type { Sealer } from './sealer.ts';
import { makeTickets, ticketLifetime } from './tickets.ts';

/** The most passkeys that a person has. */
const most = 20;

/** How long the browser waits for its person, in milliseconds: 5 minutes, which is what the standard recommends. */
const timeout = 5 * 60 * 1000;

/** What may sign, as COSE numbers it: EdDSA, ECDSA on P-256 and RSA, which is all that Windows Hello has on older machines. */
const algorithms = [-8, -7, -257];

/** A challenge that was given to a browser. */
export interface Ceremony<Options> {
  /** For `navigator.credentials`. */
  options: Options;
  /** To be given back with the answer. */
  ticket: string;
  /** To be sent along: they tell the browser from others. */
  cookies: readonly string[];
}

/** What a browser brings back from a ceremony. */
export interface Answer<Credential> {
  ticket: string;
  credential: Credential;
}

/** A passkey as its person sees it. */
export type Passkey = Pick<PasskeyRecord, 'id' | 'name' | 'createdAt' | 'lastUsedAt'>;

/** Passkeys (WebAuthn): each is asked for with the person verified by their device, and so is more than a password. */
export interface Passkeys {
  list(personId: string): Promise<Passkey[]>;
  /** Begins to add one. Nothing is kept of it until it is added. */
  begin(person: Person, headers: Headers): Promise<Result<Ceremony<CreationOptions>>>;
  /** @returns the passkey, and the recovery codes, once; none for who has some already. */
  add(
    person: Person,
    name: string,
    answer: Answer<Attestation>,
    headers: Headers,
  ): Promise<Result<{ passkey: Passkey; recoveryCodes: string[] }>>;
  /** @returns whether the person has such a passkey. */
  rename(personId: string, id: string, name: string): Promise<boolean>;
  /**
   * Removes a passkey. The recovery codes go with the last factor.
   *
   * @param identitiesSignIn whether an identity at a provider is a way in, as a password is.
   */
  remove(personId: string, id: string, identitiesSignIn: boolean): Promise<Removal>;
  /** Asks a browser to prove with a passkey who is there. */
  challenge(headers: Headers): Ceremony<RequestOptions>;
  /** Whose a credential is, which proves nothing yet; `null` when it is nobody's here. */
  ownerOf(credentialId: string): Promise<string | null>;
  /** Whether an answer proves that the person is there. The challenge is used up by it. */
  check(personId: string, answer: Answer<Assertion>, headers: Headers): Promise<boolean>;
}

const passkeyOf = ({ id, name, createdAt, lastUsedAt }: PasskeyRecord): Passkey => ({
  id,
  name,
  createdAt,
  lastUsedAt,
});

const base64url = (bytes: string | Uint8Array) => Buffer.from(bytes).toString('base64url');

/** The library takes long to load, and most processes never verify anything with it. */
const loadLibrary = () => import('@simplewebauthn/server');

/** What the library finds; `undefined` when it finds a fault, of which nobody but the sender need hear. */
async function unlessFaulty<Found>(verification: Promise<Found>): Promise<Found | undefined> {
  try {
    return await verification;
  } catch {
    return undefined;
  }
}

/**
 * Makes the passkeys of one site.
 *
 * @param publicUrl where the site is: its host is what passkeys are made for, and its origin the only one that may use them.
 * @param sealer for what is given to browsers to keep.
 */
export function makePasskeys(
  { clock, crypto, newId, settings }: Pick<Ports, 'clock' | 'crypto' | 'newId' | 'settings'>,
  records: PasskeyRecords,
  recoveryCodes: RecoveryCodes,
  sealer: Sealer,
  browserCookie: BrowserCookie,
): Passkeys {
  const { hostname, origin } = new URL(settings.publicUrl);
  const tickets = makeTickets(sealer, clock, z.object({ challenge: z.string() }));
  const additionBy = (personId: string, browser: string) => `passkey of ${personId} at ${browser}`;
  const proofAt = (browser: string) => `proof by passkey at ${browser}`;
  const newChallenge = () => base64url(crypto.randomBytes(32));

  function recognise(headers: Headers): { browser: string; cookies: string[] } {
    const known = browserCookie.read(headers);
    if (known !== undefined) return { browser: known, cookies: [] };
    const browser = base64url(crypto.randomBytes(16));
    return { browser, cookies: [browserCookie.keep(browser)] };
  }

  /** The challenge of a ticket that this very browser was given for this purpose. */
  function readChallenge(
    ticket: string,
    headers: Headers,
    purposeAt: (browser: string) => string,
  ): string | undefined {
    const browser = browserCookie.read(headers);
    return browser === undefined ? undefined : tickets.read(ticket, purposeAt(browser))?.challenge;
  }

  const usedUp = (challenge: string): UsedChallenge => ({
    hash: crypto.sha256(challenge),
    expiresAt: new Date(clock.now().getTime() + ticketLifetime),
  });

  return {
    async list(personId) {
      return (await records.list(personId)).map(passkeyOf);
    },

    async begin(person, headers) {
      const known = await records.list(person.id);
      if (known.length >= most) {
        const detail = `You have ${String(most)} passkeys, which is the most. Remove one first.`;
        return refuse('TOO_MANY_PASSKEYS', detail);
      }
      const { browser, cookies } = recognise(headers);
      const challenge = newChallenge();
      const options: CreationOptions = {
        rp: { id: hostname, name: 'Latchkey' },
        user: { id: base64url(person.id), name: person.email, displayName: person.name },
        challenge,
        pubKeyCredParams: algorithms.map((alg) => ({ type: 'public-key', alg })),
        timeout,
        excludeCredentials: known.map(({ credentialId, transports }) => ({
          type: 'public-key',
          id: credentialId,
          transports: [...transports],
        })),
        authenticatorSelection: {
          residentKey: 'required',
          requireResidentKey: true,
          userVerification: 'required',
        },
        attestation: 'none',
      };
      const ticket = tickets.issue({ challenge }, additionBy(person.id, browser));
      return ok({ options, ticket, cookies });
    },

    async add(person, name, { ticket, credential }, headers) {
      const challenge = readChallenge(ticket, headers, (browser) => additionBy(person.id, browser));
      if (challenge === undefined) return refuseField('ticket', 'This took too long. Begin again.');
      const { transports = [], ...response } = credential.response;
      const { verifyRegistrationResponse } = await loadLibrary();
      const found = await unlessFaulty(
        verifyRegistrationResponse({
          response: { ...credential, response, clientExtensionResults: {} },
          expectedChallenge: challenge,
          expectedOrigin: origin,
          expectedRPID: hostname,
          requireUserVerification: true,
          supportedAlgorithmIDs: algorithms,
        }),
      );
      if (!found?.verified) {
        return refuseField('credential', 'This passkey was not made for this site as it asked.');
      }
      const made = found.registrationInfo.credential;
      const passkey: PasskeyRecord = {
        id: newId(),
        personId: person.id,
        credentialId: made.id,
        publicKey: made.publicKey,
        counter: made.counter,
        transports,
        name,
        createdAt: clock.now(),
        lastUsedAt: null,
      };
      const { codes, hashes } = recoveryCodes.make();
      const added = await records.add(passkey, usedUp(challenge), hashes);
      if (!added) return refuse('PASSKEY_EXISTS', 'This passkey was added before.');
      return ok({
        passkey: passkeyOf(passkey),
        recoveryCodes: added.recoveryCodesKept ? codes : [],
      });
    },

    rename: (personId, id, name) => records.rename(personId, id, name),
    remove: records.remove,

    challenge(headers) {
      const { browser, cookies } = recognise(headers);
      const challenge = newChallenge();
      return {
        // No list of credentials: the browser offers what it has, and nobody is told who has what.
        options: { rpId: hostname, challenge, timeout, userVerification: 'required' },
        ticket: tickets.issue({ challenge }, proofAt(browser)),
        cookies,
      };
    },

    ownerOf: async (credentialId) => (await records.find(credentialId))?.personId ?? null,

    async check(personId, { ticket, credential }, headers) {
      const challenge = readChallenge(ticket, headers, proofAt);
      if (challenge === undefined) return false;
      const passkey = await records.find(credential.id);
      if (passkey?.personId !== personId) return false;
      // The authenticator says itself for whom it made the credential.
      const { userHandle } = credential.response;
      if (userHandle !== base64url(personId)) return false;
      const { verifyAuthenticationResponse } = await loadLibrary();
      const found = await unlessFaulty(
        verifyAuthenticationResponse({
          response: {
            ...credential,
            response: { ...credential.response, userHandle },
            clientExtensionResults: {},
          },
          expectedChallenge: challenge,
          expectedOrigin: origin,
          expectedRPID: hostname,
          credential: {
            id: passkey.credentialId,
            publicKey: new Uint8Array(passkey.publicKey),
            counter: passkey.counter,
          },
          requireUserVerification: true,
        }),
      );
      if (!found?.verified) return false;
      const { newCounter: counter } = found.authenticationInfo;
      const used = { credentialId: passkey.credentialId, counter };
      return records.use(used, usedUp(challenge), clock.now());
    },
  };
}
