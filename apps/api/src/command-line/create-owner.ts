import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { appointOwner, type Person } from '@latchkey/core';
import { pino } from 'pino';
import { z } from 'zod';
import type { Config } from '../config.ts';
import { email, password, personName, slug } from '../contract/values.ts';
import { OperatorError } from '../operator-error.ts';
import type { People } from '../people/people.ts';
import { openService } from '../service.ts';

const input = z.object({ account: slug, email, name: personName.optional() });

/** The first line of what is typed or piped in. A password is no argument: those stand in the list of processes. */
async function readPassword(source: NodeJS.ReadableStream): Promise<string> {
  const lines = createInterface({ input: source });
  const closed = once(lines, 'close').then(() => ['']);
  const [line] = (await Promise.race([once(lines, 'line'), closed])) as [string];
  lines.close();
  const parsed = password.safeParse(line);
  if (!parsed.success) {
    throw new OperatorError('password: expected 8–128 characters, in the first line of the input');
  }
  return parsed.data;
}

async function findOrRegister(
  people: People,
  given: z.infer<typeof input>,
  source: NodeJS.ReadableStream,
): Promise<Person> {
  const known = await people.find(given.email);
  if (known) return known;
  const name = given.name ?? given.email.slice(0, given.email.indexOf('@'));
  const registered = await people.register({
    email: given.email,
    name,
    password: await readPassword(source),
  });
  if (!registered) throw new OperatorError('Somebody else registered this address just now.');
  return registered;
}

/**
 * Makes somebody an owner of an account. Whoever is registered already keeps their password.
 *
 * @param source where a new person's password is read from.
 * @returns what to tell the operator.
 */
export async function createOwner(
  config: Config,
  options: { account: string; email: string; name?: string },
  source: NodeJS.ReadableStream,
): Promise<string> {
  const parsed = input.safeParse(options);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new OperatorError(`--${String(issue?.path[0] ?? '')}: ${issue?.message ?? ''}`);
  }
  const service = await openService(config, pino({ enabled: false }));
  try {
    const person = await findOrRegister(service.people, parsed.data, source);
    const appointed = await appointOwner(service.ports, person, parsed.data.account);
    if (!appointed.ok) throw new OperatorError(appointed.refusal.detail);
    const said = {
      'account-created': `The account ${parsed.data.account} is created, and ${person.email} is its owner.`,
      appointed: `${person.email} is an owner of ${parsed.data.account}.`,
      'owner-before': `${person.email} was an owner of ${parsed.data.account} already.`,
    };
    return said[appointed.value];
  } finally {
    await service.close();
  }
}
