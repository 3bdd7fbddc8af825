import type { Person, Refusal, SignInChange } from '@latchkey/core';
import type { Removal } from '../contract/identities.ts';
import type { Assertion } from '../contract/webauthn.ts';
import { readFactorProof, refuseFactor } from '../people/factor-proof.ts';
import type { Answer } from '../people/passkeys.ts';
import { listFactors, type OwnFactors } from '../people/second-factors.ts';
import type { Context } from './context.ts';
import { RefusalError } from './refusal-error.ts';

/** What a person who is signed in shows besides that. */
export interface Proof {
  password?: string | undefined;
  /** Of the authenticator app, or a recovery code. */
  code?: string | undefined;
  /** The answer to a challenge. */
  passkey?: Answer<Assertion> | undefined;
}

/** What somebody shows who says that they are a person. */
export interface FullProof extends Proof {
  email: string;
  password: string;
}

type Doorkeepers = Pick<
  Context,
  'failedSignIns' | 'from' | 'headers' | 'limits' | 'passkeys' | 'people' | 'secondFactors'
>;
type FrontDoor = Doorkeepers & Pick<Context, 'openIdConnect' | 'setCookies'>;

const needed = 'Prove it by a second factor too: a code, a passkey or a recovery code.';

/** The refusal for who knows the password, and has not shown the second factor. */
function needsFactor(own: OwnFactors, detail: string): Refusal {
  return { code: 'SECOND_FACTOR_REQUIRED', detail, factors: listFactors(own) };
}

/** Refuses whoever did not prove that they are the person of an address. The audit log of the person's accounts tells of it. */
function refuseProof({ failedSignIns, from }: Doorkeepers, email: string, refusal: Refusal): never {
  failedSignIns.note(email, refusal, from);
  throw new RefusalError(refusal);
}

/** Begins an attempt at what a person knows. Attempts at one person are limited, whichever procedure they are made with. */
async function beginAttempt(ctx: Doorkeepers, email: string): Promise<void> {
  const limited = await ctx.limits.attempts.begin(email, ctx.from);
  if (limited) refuseProof(ctx, email, limited);
}

/** Makes an identity at the provider that waits for its person theirs, now that it is sure that it is them. */
async function welcome(ctx: FrontDoor, person: Person): Promise<Person> {
  ctx.setCookies((await ctx.openIdConnect?.connect(person, ctx)) ?? []);
  return person;
}

/**
 * Checks who somebody is: by password and, where they have one, by second factor.
 *
 * @throws {RefusalError}
 */
export async function provePerson(
  ctx: FrontDoor,
  { email, password, ...shown }: FullProof,
): Promise<Person> {
  const { from, limits, people, secondFactors } = ctx;
  await beginAttempt(ctx, email);
  const person = await people.checkPassword(email, password);
  if (!person) {
    const detail = 'The address or the password is wrong.';
    return refuseProof(ctx, email, { code: 'UNAUTHENTICATED', detail });
  }
  const factors = await secondFactors.find(person.id);
  if (factors) {
    const proof = readFactorProof(shown);
    if (!proof) {
      await limits.attempts.takeBack(email, from);
      throw new RefusalError(needsFactor(factors, needed));
    }
    const refusal = await refuseFactor(ctx, person.id, proof);
    if (refusal) refuseProof(ctx, email, needsFactor(factors, refusal.detail));
  }
  await limits.attempts.succeed(email, from);
  return welcome(ctx, person);
}

/**
 * Checks who somebody is by a passkey alone. Their device verified them, so nothing else is asked for.
 *
 * @throws {RefusalError}
 */
export async function provePersonByPasskey(
  ctx: FrontDoor,
  answer: Answer<Assertion>,
): Promise<Person> {
  const { from, headers, limits, passkeys, people } = ctx;
  const subject = `passkey ${answer.credential.id}`;
  await beginAttempt(ctx, subject);
  const ownerId = await passkeys.ownerOf(answer.credential.id);
  const owner = ownerId === null ? null : await people.get(ownerId);
  const detail = 'This passkey is not known here, or this took too long. Try again.';
  const refusal: Refusal = { code: 'UNAUTHENTICATED', detail };
  if (!owner) throw new RefusalError(refusal);
  if (!(await passkeys.check(owner.id, answer, headers))) refuseProof(ctx, owner.email, refusal);
  await limits.attempts.succeed(subject, from);
  return welcome(ctx, owner);
}

/**
 * Checks once more that it is the person who is signed in, before something that a stranger at their screen must not do. Either proof
 * is enough. Who has neither a password nor a second factor came by the identity provider alone.
 *
 * @throws {RefusalError}
 */
export async function proveAgain(
  ctx: Doorkeepers & { person: Person },
  { password, ...shown }: Proof,
): Promise<void> {
  const { from, limits, people, person, secondFactors } = ctx;
  const hasSecondFactor = (await secondFactors.find(person.id)) !== null;
  const hasPassword = await people.hasPassword(person.id);
  if (!hasPassword && !hasSecondFactor) return;
  await beginAttempt(ctx, person.email);
  const proof = hasSecondFactor ? readFactorProof(shown) : undefined;
  if (proof) {
    const refusal = await refuseFactor(ctx, person.id, proof);
    if (refusal) refuseProof(ctx, person.email, refusal);
  } else if (
    password === undefined ||
    !hasPassword ||
    !(await people.checkPassword(person.email, password))
  ) {
    const detail = 'The password is wrong.';
    refuseProof(ctx, person.email, { code: 'WRONG_PASSWORD', detail });
  }
  await limits.attempts.succeed(person.email, from);
}

const onlyWayIn: Refusal = {
  code: 'ONLY_WAY_IN',
  detail: 'You could not sign in without it. Add a passkey first.',
};

/**
 * Makes sure that something that a person signs in with is gone.
 *
 * @param none the refusal where there was none.
 * @throws {RefusalError}
 */
export function checkRemoval(removal: Removal, none: Refusal): void {
  if (removal === 'none') throw new RefusalError(none);
  if (removal === 'only-way-in') throw new RefusalError(onlyWayIn);
}

/**
 * Ends every session of the person and begins a new one here: after a change of what they sign in with. They are told, and so are
 * their accounts.
 */
export async function renewSession(
  ctx: Pick<Context, 'from' | 'headers' | 'people' | 'setCookies' | 'signInChanges'> & {
    person: Person;
  },
  change: SignInChange,
): Promise<void> {
  await ctx.signInChanges.tell(ctx.person, change, ctx.from);
  await ctx.people.endSessions(ctx.person.id);
  ctx.setCookies((await ctx.people.beginSession(ctx.person, ctx)).cookies);
}
