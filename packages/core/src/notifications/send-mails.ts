import { grantsOf } from '../permissions/actor.ts';
import type { Ports } from '../ports.ts';
import { digestPeriod, nextMailAttempt, usualPreference, type Letter, type Mail } from './mail.ts';
import { alertTypes, audiences, notificationTypes, type Notification } from './notification.ts';

/** How many alerts a digest names; of more it gives the number. */
const named = 50;

/** For how long claimed mails are this node's, in milliseconds: rather more than a few may take that a mail server hesitates with. */
const lease = 5 * 60_000;

/** Sends a letter. @returns whether the mail server took it. */
export type SendLetter = (letter: Letter) => Promise<boolean>;

function isForMembers(
  notification: Notification,
): notification is Extract<Letter, { kind: 'event' }>['notification'] {
  return (notificationTypes as readonly string[]).includes(notification.type);
}

/** What stands in a mail as things are now; `undefined` when there is nobody left to read it, or nothing for them. */
async function write(ports: Ports, mail: Mail): Promise<Letter | undefined> {
  const { accounts, mails, members, notifications, roles } = ports.store;
  const { accountId, memberId, about } = mail;
  const account = await accounts.find(accountId);
  const member = await members.find(accountId, memberId);
  if (!account || member?.membership.state !== 'active') return undefined;
  const { permissions } = grantsOf(await roles.findMany(accountId, member.roleIds));
  const preferences = await mails.listPreferences(accountId);
  const { events, digest, language } = preferences.get(memberId) ?? usualPreference;
  const head = { to: member.email, language, account };
  if (about.kind === 'event') {
    const notification = await notifications.find(accountId, about.notificationId);
    return events &&
      notification &&
      isForMembers(notification) &&
      permissions.has(audiences[notification.type])
      ? { ...head, kind: 'event', notification }
      : undefined;
  }
  const types = alertTypes.filter((type) => permissions.has(audiences[type]));
  if (!digest || types.length === 0) return undefined;
  const { from, until } = digestPeriod(about.until);
  const told = await notifications.listWithin({ accountId, types, from, until, limit: named });
  return told.total === 0
    ? undefined
    : { ...head, kind: 'digest', alerts: told.items, total: told.total };
}

/**
 * Sends the mails whose time has come, one after the other. Each is one node's alone, and is sent again if it dies on the way.
 *
 * @param most how many to take on at once.
 * @returns how many there were.
 */
export async function sendDueMails(ports: Ports, send: SendLetter, most: number): Promise<number> {
  const { mails } = ports.store;
  const claimed = await mails.claim(ports.clock.now(), lease, most);
  for (const mail of claimed) {
    const letter = await write(ports, mail);
    const isDone = !letter || (await send(letter));
    const chance = (ports.crypto.randomBytes(1)[0] ?? 0) / 256;
    const next = isDone ? null : nextMailAttempt(mail.attempts, ports.clock.now(), chance);
    await mails.recordAttempt(mail, next);
  }
  return claimed.length;
}
