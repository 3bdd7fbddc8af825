import { pino } from 'pino';
import type { Config } from '../config.ts';
import { email } from '../contract/values.ts';
import { OperatorError } from '../operator-error.ts';
import { openService } from '../service.ts';

/**
 * Makes a link by which somebody chooses a new password, for the operator to hand to them. Who has none so far, because they came by the
 * identity provider, gets one: on the operator's word, and on nobody else's.
 *
 * @returns what to tell the operator.
 */
export async function resetLink(config: Config, given: string): Promise<string> {
  const address = email.safeParse(given).data;
  const service = await openService(config, pino({ enabled: false }));
  try {
    const person = address === undefined ? null : await service.people.find(address);
    if (!person) throw new OperatorError(`email: nobody here has the address ${given}`);
    const { expiresAt, url } = await service.passwordResets.issue(person.id);
    return [
      `${person.email} can choose a new password by this link, once, until ${expiresAt.toISOString()}:`,
      url.reveal(),
    ].join('\n');
  } finally {
    await service.close();
  }
}
