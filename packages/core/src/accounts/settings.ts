import { recordEvent } from '../audit/record-event.ts';
import { change, type Call } from '../call.ts';
import { lacking } from '../permissions/actor.ts';
import type { Ports } from '../ports.ts';
import { ok, type Result } from '../result.ts';
import type { Account } from './account.ts';

/** What an account can set. */
export type AccountSettings = Pick<Account, 'renewalPeriodMonths'>;

/** The account's settings: for whoever sees keys, or may change the settings. */
export function readSettings(call: Call): Result<AccountSettings> {
  const { renewalPeriodMonths } = call.account;
  return lacking(call.actor, 'keys.view', 'keys.settings') ?? ok({ renewalPeriodMonths });
}

/** Sets the renewal period: it counts for every key, old and new. */
export async function changeSettings(
  ports: Ports,
  call: Call,
  settings: AccountSettings,
): Promise<Result<AccountSettings>> {
  return change(ports, call, 'keys.settings', async (repositories, current) => {
    const { id, slug, renewalPeriodMonths } = current.account;
    await repositories.accounts.saveSettings({ id, ...settings });
    await recordEvent(ports, repositories, current, {
      action: 'settings.changed',
      subject: slug,
      details: { from: renewalPeriodMonths, to: settings.renewalPeriodMonths },
    });
    return ok(settings);
  });
}
