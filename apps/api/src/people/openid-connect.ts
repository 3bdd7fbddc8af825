import {
  acceptInvitation,
  previewInvitation,
  Secret,
  type Person,
  type Ports,
  type Refusal,
  type Result,
  type SecondFactor,
} from '@latchkey/core';
import { z } from 'zod';
import { personName } from '../contract/values.ts';
import type { AttemptLimit } from '../limits/attempt-limit.ts';
import {
  checks,
  type Claims,
  type IdentityProvider,
  type ProviderProblem,
} from './identity-provider.ts';
import { refuseFactor, type FactorProof } from './factor-proof.ts';
import type { FailedSignIns } from './failed-sign-ins.ts';
import { joinAtOnce } from './join.ts';
import type { Passkeys } from './passkeys.ts';
import type { People, SignInOrigin } from './people.ts';
import { readReturnPath } from './return-path.ts';
import type { Sealer } from './sealer.ts';
import { listFactors, type SecondFactors } from './second-factors.ts';
import type { SignInChanges } from './sign-in-changes.ts';
import { makeTicketCookie } from './ticket-cookie.ts';
import { makeTickets } from './tickets.ts';

/** Where browsers come back to from the provider, below `PUBLIC_URL`. */
export const callbackPath = '/sign-in/openid-connect';

/**
 * What a page is told of the way through the provider, in the query of its address: what is still to be done (`connect`, prove once with the
 * password that an identity is yours; `code`, prove your second factor), or why it came to nothing.
 */
export type ProviderWord =
  | 'connect'
  | 'code'
  | 'expired'
  | 'limited'
  | 'unverified'
  | 'domain'
  | 'unknown'
  | 'taken'
  | 'other-address'
  | ProviderProblem;

/** What the browser does next. */
export interface NextStep {
  /** A page of ours, its whole address. */
  url: string;
  cookies: readonly string[];
}

/** Signing in by the company's identity provider. */
export interface OpenIdConnect {
  providerName: string;
  /**
   * Sends a browser to the provider.
   *
   * @param returnPath where to go in the end; the start unless it is a page of ours.
   * @param invitation to be accepted on the way.
   * @returns `null` when the provider cannot be reached.
   */
  begin(returnPath: string, invitation?: Secret): Promise<{ url: string; cookie: string } | null>;
  /** The browser is back. @param query of the address that the provider sent it to. */
  comeBack(query: URLSearchParams, origin: SignInOrigin): Promise<NextStep>;
  /** What somebody whom the provider let in can be asked for; none when nobody waits in this browser. */
  awaitedFactors(headers: Headers): Promise<SecondFactor[]>;
  /** The second factor of somebody whom the provider let in. @returns the path to go to, or the refusal. */
  proveSecondFactor(
    proof: FactorProof,
    origin: SignInOrigin,
  ): Promise<Result<{ path: string; cookies: readonly string[] }>>;
  /** Makes the identity that waits for it the person's, who proved who they are by other means. @returns cookies. */
  connect(person: Person, origin: SignInOrigin): Promise<readonly string[]>;
}

/** What signing in by the provider is made of. */
export interface OpenIdConnectOptions {
  ports: Ports;
  people: People;
  secondFactors: SecondFactors;
  passkeys: Passkeys;
  provider: IdentityProvider;
  attempts: AttemptLimit;
  failedSignIns: FailedSignIns;
  signInChanges: SignInChanges;
  sealer: Sealer;
  /** Domains of addresses that may come in by it; `undefined` for any. */
  domains: readonly string[] | undefined;
}

const identity = z.object({ issuer: z.string(), subject: z.string() });

/** Where the browser wants to go, and the invitation that it is on the way with. */
const journey = { returnPath: z.string(), invitation: z.string().nullable() };

/** What a browser keeps between two steps. Nobody is signed in by it. */
const step = z.discriminatedUnion('awaits', [
  z.object({ awaits: z.literal('provider'), checks, ...journey }),
  z.object({
    awaits: z.literal('code'),
    personId: z.string(),
    /** Theirs once they have proven it. */
    identity: identity.optional(),
    ...journey,
  }),
  z.object({ awaits: z.literal('password'), personId: z.string(), identity }),
]);
type Step = z.infer<typeof step>;
type Journey = Pick<Extract<Step, { awaits: 'code' }>, keyof typeof journey>;

/** Somebody who was invited and is nobody here yet. */
interface Newcomer {
  email: string;
  invitation: string;
}

const keysOf = (account: string) => `/a/${account}/keys`;

const purpose = 'sign-in by OpenID Connect';

const tooLate: Refusal = {
  code: 'UNAUTHENTICATED',
  detail: 'This took too long. Sign in at the identity provider again.',
};
const otherIdentity: Refusal = {
  code: 'UNAUTHENTICATED',
  detail: 'The identity provider has this address for somebody else now.',
};
/** A name that can be kept, for whom the provider has none that can. */
function chooseName({ name }: Claims, email: string): string {
  return personName.safeParse(name).data ?? email.slice(0, email.indexOf('@'));
}

/** Makes the way in by the company's identity provider. */
export function makeOpenIdConnect(options: OpenIdConnectOptions): OpenIdConnect {
  const {
    attempts,
    domains,
    failedSignIns,
    passkeys,
    people,
    ports,
    provider,
    sealer,
    secondFactors,
    signInChanges,
  } = options;
  const { publicUrl } = ports.settings;
  const tickets = makeTickets(sealer, ports.clock, step);
  const cookie = makeTicketCookie(publicUrl, 'openid_connect');
  const keep = (next: Step) => cookie.keep(tickets.issue(next, purpose));
  const readStep = (headers: Headers) => tickets.read(cookie.read(headers), purpose);

  /** The page to go back to, and what it is told. */
  const tell = ({ invitation, returnPath }: Journey, word: ProviderWord): string => {
    // The code is asked for on the page of the sign-in, whatever it is for.
    const page = invitation === null || word === 'code' ? '/sign-in' : `/invitations/${invitation}`;
    const query = new URLSearchParams({ provider: word });
    if (page === '/sign-in' && returnPath !== '/') query.set('return', returnPath);
    return `${publicUrl}${page}?${query.toString()}`;
  };

  /** Accepts the invitation that somebody came with. @returns where they go. */
  const arrive = async (
    person: Person,
    { invitation, returnPath }: Journey,
    from: string | null,
  ) => {
    if (invitation === null) return returnPath;
    const joined = await acceptInvitation(ports, new Secret(invitation), person, from);
    // The page of an invitation says that it is gone.
    return joined.ok ? keysOf(joined.value.account.slug) : `/invitations/${invitation}`;
  };

  /** Lets somebody in whose identity is known, or asks for their second factor before. */
  const enter = async (person: Person, way: Journey, origin: SignInOrigin): Promise<NextStep> => {
    if (await secondFactors.find(person.id)) {
      const next = keep({ awaits: 'code', personId: person.id, ...way });
      return { url: tell(way, 'code'), cookies: [next] };
    }
    const path = await arrive(person, way, origin.from);
    const { cookies } = await people.beginSession(person, origin);
    return { url: publicUrl + path, cookies: [cookie.remove(), ...cookies] };
  };

  /** Makes an identity a person's, unless it is somebody's already. */
  const connect = async (
    person: Person,
    claimed: z.infer<typeof identity>,
    from: string | null,
  ): Promise<boolean> => {
    const connected = await people.connect(person.id, claimed);
    if (connected) await signInChanges.tell(person, 'sign-in.identity-connected', from);
    return connected;
  };

  /** Whose an identity is that came for the first time: theirs who has its address, once it is sure that it is them. */
  const adopt = async (
    claims: Claims,
    person: Person,
    way: Journey,
    from: string | null,
  ): Promise<Step | Person | ProviderWord> => {
    if (await people.isConnected(person.id, claims.identity.issuer)) {
      failedSignIns.note(person.email, otherIdentity, from);
      return 'taken';
    }
    const waiting = { personId: person.id, identity: claims.identity };
    // Whoever registered with the address need not be whom it belongs to: only the password says that it is them.
    if (await people.hasPassword(person.id)) return { awaits: 'password', ...waiting };
    // Nor need who has the address today be who had it when they disconnected.
    if (await secondFactors.find(person.id)) return { awaits: 'code', ...waiting, ...way };
    return (await connect(person, claims.identity, from)) ? person : 'taken';
  };

  /** Registers whoever was invited and is nobody here yet, unless the invitation is gone meanwhile. */
  const welcome = async (
    claims: Claims,
    { email, invitation }: Newcomer,
    way: Journey,
    origin: SignInOrigin,
  ): Promise<NextStep | ProviderWord> => {
    const name = chooseName(claims, email);
    const person = await people.register({ email, name, identity: claims.identity });
    if (!person) return 'failed';
    const joined = await joinAtOnce(ports, people, new Secret(invitation), person, origin.from);
    if (joined.ok) {
      const on = { returnPath: keysOf(joined.value.account.slug), invitation: null };
      return enter(person, on, origin);
    }
    return (await people.get(person.id)) ? enter(person, way, origin) : 'unknown';
  };

  /** Who comes in with these claims, what has to be done before, or why nobody does. */
  const recognise = async (
    claims: Claims,
    way: Journey,
    from: string | null,
  ): Promise<Newcomer | Step | Person | ProviderWord> => {
    const { email } = claims;
    const { invitation } = way;
    if (email === null) return 'unverified';
    if (domains && !domains.includes(email.slice(email.lastIndexOf('@') + 1))) return 'domain';
    const invited =
      invitation === null ? undefined : await previewInvitation(ports, new Secret(invitation));
    if (invited?.ok && invited.value.email !== email) return 'other-address';
    const known = await people.findByIdentity(claims.identity);
    // An address can change at the provider while the identity stays.
    if (known) return invited?.ok && known.email !== email ? 'other-address' : known;
    const person = await people.find(email);
    if (person) return adopt(claims, person, way, from);
    return invitation !== null && invited?.ok ? { email, invitation } : 'unknown';
  };

  return {
    providerName: provider.name,

    async begin(asked, invitation) {
      const begun = await provider.begin();
      if (!begun) return null;
      const way = { returnPath: readReturnPath(asked), invitation: invitation?.reveal() ?? null };
      return {
        url: begun.url,
        cookie: keep({ awaits: 'provider', checks: begun.checks, ...way }),
      };
    },

    async comeBack(query, origin) {
      const begun = readStep(origin.headers);
      const nowhere = { returnPath: '/', invitation: null };
      if (begun?.awaits !== 'provider' || query.get('state') !== begun.checks.state) {
        // What this browser has begun, if anything, goes on: another site may have led it here.
        return { url: tell(nowhere, 'expired'), cookies: [] };
      }
      const way = { returnPath: begun.returnPath, invitation: begun.invitation };
      const end = (word: ProviderWord) => ({ url: tell(way, word), cookies: [cookie.remove()] });
      // Aimed at nobody yet: only the address counts.
      const subject = `${purpose} ${begun.checks.state}`;
      if (await attempts.begin(subject, origin.from)) return end('limited');
      const claims = await provider.finish(query, begun.checks);
      if (claims !== 'failed') await attempts.succeed(subject, origin.from);
      if (typeof claims === 'string') return end(claims);
      const found = await recognise(claims, way, origin.from);
      if (typeof found === 'string') return end(found);
      if ('awaits' in found) {
        const word = found.awaits === 'code' ? 'code' : 'connect';
        return { url: tell(way, word), cookies: [keep(found)] };
      }
      const next = await ('invitation' in found
        ? welcome(claims, found, way, origin)
        : enter(found, way, origin));
      return typeof next === 'string' ? end(next) : next;
    },

    async awaitedFactors(headers) {
      const begun = readStep(headers);
      return begun?.awaits === 'code' ? listFactors(await secondFactors.find(begun.personId)) : [];
    },

    async proveSecondFactor(proof, origin) {
      const begun = readStep(origin.headers);
      const person = begun?.awaits === 'code' ? await people.get(begun.personId) : null;
      if (begun?.awaits !== 'code' || !person) return { ok: false, refusal: tooLate };
      const limited = await attempts.begin(person.email, origin.from);
      const { headers } = origin;
      const refusal =
        limited ?? (await refuseFactor({ passkeys, secondFactors, headers }, person.id, proof));
      if (refusal) {
        failedSignIns.note(person.email, refusal, origin.from);
        return { ok: false, refusal };
      }
      await attempts.succeed(person.email, origin.from);
      if (begun.identity && !(await connect(person, begun.identity, origin.from))) {
        return { ok: false, refusal: otherIdentity };
      }
      const path = await arrive(person, begun, origin.from);
      const { cookies } = await people.beginSession(person, origin);
      return { ok: true, value: { path, cookies: [cookie.remove(), ...cookies] } };
    },

    async connect(person, { from, headers }) {
      const waiting = readStep(headers);
      if (waiting?.awaits !== 'password' || waiting.personId !== person.id) return [];
      await connect(person, waiting.identity, from);
      return [cookie.remove()];
    },
  };
}
