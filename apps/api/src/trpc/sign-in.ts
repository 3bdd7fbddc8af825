import type { Person, Refusal } from '@latchkey/core';
import type { Context } from './context.ts';
import { RefusalError } from './refusal-error.ts';

/** What somebody knows who says that they are a person. */
export interface Proof {
  email: string;
  password: string;
  /** Of the authenticator app, or a recovery code. */
  code?: string | undefined;
}

type Doorkeepers = Pick<Context, 'failedSignIns' | 'from' | 'limits' | 'people' | 'secondFactors'>;
type FrontDoor = Doorkeepers & Pick<Context, 'headers' | 'openIdConnect' | 'setCookies'>;

const needsCode: Refusal = {
  code: 'SECOND_FACTOR_REQUIRED',
  detail: 'Send a code of your authenticator app too, or a recovery code.',
};
const wrongCode: Refusal = {
  code: 'SECOND_FACTOR_REQUIRED',
  detail: 'The code is wrong, or was used before.',
};

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

/**
 * Checks who somebody is: by password and, where they have one, by second factor. An identity at the provider that waits for it is
 * theirs from then on.
 *
 * @throws {RefusalError}
 */
export async function provePerson(
  ctx: FrontDoor,
  { code, email, password }: Proof,
): Promise<Person> {
  const { from, limits, people, secondFactors } = ctx;
  await beginAttempt(ctx, email);
  const person = await people.checkPassword(email, password);
  if (!person) {
    const detail = 'The address or the password is wrong.';
    return refuseProof(ctx, email, { code: 'UNAUTHENTICATED', detail });
  }
  if (await secondFactors.find(person.id)) {
    if (code === undefined) {
      await limits.attempts.takeBack(email, from);
      throw new RefusalError(needsCode);
    }
    if (!(await secondFactors.check(person.id, code))) refuseProof(ctx, email, wrongCode);
  }
  await limits.attempts.succeed(email, from);
  ctx.setCookies((await ctx.openIdConnect?.connect(person, ctx.headers)) ?? []);
  return person;
}

/**
 * Checks once more that it is the person who is signed in, before something that a stranger at their screen must not do. Either proof
 * is enough. Who has neither a password nor a second factor came by the identity provider alone.
 *
 * @throws {RefusalError}
 */
export async function proveAgain(
  ctx: Doorkeepers & { person: Person },
  { code, password }: { code?: string | undefined; password?: string | undefined },
): Promise<void> {
  const { from, limits, people, person, secondFactors } = ctx;
  const hasSecondFactor = (await secondFactors.find(person.id)) !== null;
  const hasPassword = await people.hasPassword(person.id);
  if (!hasPassword && !hasSecondFactor) return;
  await beginAttempt(ctx, person.email);
  if (code !== undefined && hasSecondFactor) {
    if (!(await secondFactors.check(person.id, code))) {
      refuseProof(ctx, person.email, { code: 'WRONG_CODE', detail: wrongCode.detail });
    }
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

/** Ends every session of the person and begins a new one here: after a change of what they sign in with. */
export async function renewSession(
  ctx: Pick<Context, 'from' | 'headers' | 'people' | 'setCookies'> & { person: Person },
): Promise<void> {
  await ctx.people.endSessions(ctx.person.id);
  ctx.setCookies((await ctx.people.beginSession(ctx.person, ctx)).cookies);
}
