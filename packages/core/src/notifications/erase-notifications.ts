import type { Ports } from '../ports.ts';

const day = 24 * 60 * 60 * 1000;

/** How long notifications and their deliveries can be looked at and sent again, in milliseconds: 30 days. */
const lifetime = 30 * day;

/**
 * How long it is remembered that something was told, in milliseconds: longer than the 9 months after which a token has nothing new
 * to tell.
 */
const memory = 400 * day;

/** Erases notifications that are past their time. Safe on every node at once. @returns how many rows. */
export async function eraseOldNotifications(ports: Ports): Promise<number> {
  const now = ports.clock.now().getTime();
  return ports.store.notifications.eraseOlderThan(new Date(now - lifetime), new Date(now - memory));
}
