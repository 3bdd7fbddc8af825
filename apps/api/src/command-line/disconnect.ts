import { pino } from 'pino';
import type { Config } from '../config.ts';
import { email } from '../contract/values.ts';
import { OperatorError } from '../operator-error.ts';
import { openService } from '../service.ts';

/**
 * Forgets who somebody is at the identity provider, where their address has passed to another identity: the next one to come with it, and
 * with the password that they have here, is connected.
 *
 * @returns what to tell the operator.
 */
export async function disconnect(config: Config, options: { email: string }): Promise<string> {
  const address = email.safeParse(options.email).data;
  const service = await openService(config, pino({ enabled: false }));
  try {
    const person = address === undefined ? null : await service.people.find(address);
    if (!person) throw new OperatorError(`--email: nobody here has the address ${options.email}`);
    const had = await service.people.disconnect(person.id);
    return had
      ? `${person.email} is connected with nobody at an identity provider any more, and is signed out.`
      : `${person.email} was connected with nobody.`;
  } finally {
    await service.close();
  }
}
