import type { Ports, Repositories } from '../ports.ts';
import { grantsOf } from '../permissions/actor.ts';
import { nextDigest, usualPreference, type Mail } from './mail.ts';
import {
  audiences,
  isAlert,
  type Notification,
  type NotificationType,
  type Told,
} from './notification.ts';
import type { Delivery, Webhook } from './webhook.ts';

/** A notification on its first way to an endpoint. */
export function newDelivery(
  ports: Ports,
  webhook: Pick<Webhook, 'id'>,
  notification: Notification,
): Delivery {
  return {
    id: ports.newId(),
    accountId: notification.accountId,
    webhookId: webhook.id,
    notificationId: notification.id,
    type: notification.type,
    state: 'pending',
    attempts: 0,
    nextAttemptAt: notification.at,
    lastAttemptAt: null,
    lastStatus: null,
    lastError: null,
    createdAt: notification.at,
  };
}

/** The members of an account who get mail, with what they may learn of and what they want. */
async function findReaders({ members, roles, mails }: Repositories, accountId: string) {
  const known = await roles.list(accountId);
  const preferences = await mails.listPreferences(accountId);
  const active = (await members.list(accountId)).filter(
    (member) => member.membership.state === 'active',
  );
  return active.map(({ id, roleIds }) => ({
    id,
    permissions: grantsOf(known.filter((role) => roleIds.includes(role.id))).permissions,
    preference: preferences.get(id) ?? usualPreference,
  }));
}

async function addMails(
  ports: Ports,
  repositories: Repositories,
  accountId: string,
  notifications: readonly (Notification & { type: NotificationType })[],
): Promise<void> {
  if (!ports.settings.mails) return;
  const readers = await findReaders(repositories, accountId);
  for (const { id: memberId, permissions, preference } of readers) {
    const own = notifications.filter(({ type }) => permissions.has(audiences[type]));
    const events = preference.events ? own.filter(({ type }) => !isAlert(type)) : [];
    const digested = preference.digest ? own.find(({ type }) => isAlert(type)) : undefined;
    const about: Mail['about'][] = [
      ...events.map(({ id }) => ({ kind: 'event' as const, notificationId: id })),
      ...(digested ? [{ kind: 'digest' as const, until: nextDigest(digested.at) }] : []),
    ];
    for (const what of about) {
      const createdAt = ports.clock.now();
      await repositories.mails.add(
        { id: ports.newId(), accountId, memberId, about: what, attempts: 0, createdAt },
        what.kind === 'digest' ? what.until : createdAt,
      );
    }
  }
}

/**
 * Tells an account of things, in the transaction of what they tell of: what is to be sent is written down with the change or not at all,
 * and sent after it.
 */
export async function notify(
  ports: Ports,
  repositories: Repositories,
  accountId: string,
  told: readonly (Told & { type: NotificationType })[],
): Promise<void> {
  if (told.length === 0) return;
  const at = ports.clock.now();
  const notifications = told.map((one) => ({ ...one, id: ports.newId(), accountId, at }));
  await repositories.notifications.add(notifications);
  const webhooks = await repositories.webhooks.list(accountId);
  await repositories.webhooks.addDeliveries(
    notifications.flatMap((notification) =>
      webhooks
        .filter(({ types }) => types.includes(notification.type))
        .map((webhook) => newDelivery(ports, webhook, notification)),
    ),
  );
  await addMails(ports, repositories, accountId, notifications);
}
