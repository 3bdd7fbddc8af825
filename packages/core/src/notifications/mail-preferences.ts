import { recordEvent } from '../audit/record-event.ts';
import { changeAccount, type Call } from '../call.ts';
import type { Ports } from '../ports.ts';
import { ok, refuse, type Result } from '../result.ts';
import { usualPreference, type MailLanguage, type MailPreference } from './mail.ts';

const noMember = refuse('FORBIDDEN', 'Only a member gets mail. A key has no mail address.');

/** What the member wants to be mailed of this account. */
export async function readMailPreference(
  ports: Ports,
  { account, actor }: Call,
): Promise<Result<MailPreference>> {
  if (actor.kind !== 'member') return noMember;
  const preferences = await ports.store.mails.listPreferences(account.id);
  return ok(preferences.get(actor.id) ?? usualPreference);
}

/** Sets what the member wants to be mailed. Everybody decides that for themselves, whatever they may do. */
export async function setMailPreference(
  ports: Ports,
  call: Call,
  preference: MailPreference,
): Promise<Result<MailPreference>> {
  const { account, actor } = call;
  if (actor.kind !== 'member') return noMember;
  return changeAccount(ports, account.id, async (repositories) => {
    await repositories.mails.savePreference(account.id, actor.id, preference);
    await recordEvent(ports, repositories, call, {
      action: 'mail-preference.changed',
      subject: actor.name,
      details: { ...preference },
    });
    return ok(preference);
  });
}

/** The language in which to write to a person of what is about no account: the one that they chose in the first where they did. */
export async function readMailLanguage(
  { store: { accounts, mails, members } }: Ports,
  personId: string,
): Promise<MailLanguage> {
  for (const { id } of await accounts.listForPerson(personId)) {
    const member = await members.findByPerson(id, personId);
    const preference = member && (await mails.listPreferences(id)).get(member.id);
    if (preference) return preference.language;
  }
  return usualPreference.language;
}
