import type { Account } from '../accounts/account.ts';
import { changeAccount } from '../call.ts';
import { expiryState } from '../keys/expiry.ts';
import type { ApiKey } from '../keys/key.ts';
import type { Ports, Repositories } from '../ports.ts';
import { ageingToken, renewalAlert } from '../renewals/alert.ts';
import type { AlertType, Told } from './notification.ts';
import { notify } from './notify.ts';

/** An alert that holds for a key, and what it is about: for each of these it is told once. */
export interface CurrentAlert {
  told: Told & { type: AlertType };
  /** The token and the period, or the expiry. */
  about: string;
}

/** How many keys are told of in one transaction: it holds the account's changes up. */
const chunk = 200;

/** The alerts that hold for a key at a moment: at most one of its token's age and one of its expiry. */
export function currentAlerts(
  key: ApiKey,
  period: Account['renewalPeriodMonths'],
  now: Date,
): CurrentAlert[] {
  const reference = { id: key.id, key: key.key, name: key.name };
  const alerts: CurrentAlert[] = [];
  const renewal = renewalAlert(key, period, now);
  if (renewal !== 'none') {
    const token = ageingToken(key);
    const data = { key: reference, tokenCreatedAt: token.createdAt.toISOString() };
    alerts.push({
      told: { type: renewal === 'due' ? 'key.renewal_due' : 'key.renewal_overdue', data },
      about: `${token.id} ${String(period)}`,
    });
  }
  const expiry = expiryState(key, now);
  if (expiry && key.expiresAt) {
    const expiresAt = key.expiresAt.toISOString();
    const type = expiry === 'soon' ? 'key.expiring' : 'key.expired';
    alerts.push({ told: { type, data: { key: reference, expiresAt } }, about: expiresAt });
  }
  return alerts;
}

/**
 * Tells of the alerts that hold for keys and were not told yet. The sweep does so for what time brings, and every change of a key for
 * what the change brings: an expiry that is less than 14 days away.
 */
export async function tellAlerts(
  ports: Ports,
  repositories: Repositories,
  account: Pick<Account, 'id' | 'renewalPeriodMonths'>,
  keys: readonly ApiKey[],
): Promise<number> {
  const now = ports.clock.now();
  const news: CurrentAlert['told'][] = [];
  for (const key of keys) {
    for (const { told, about } of currentAlerts(key, account.renewalPeriodMonths, now)) {
      const once = { accountId: account.id, type: told.type, subject: key.id, about };
      if (await repositories.notifications.tellOnce(once, now)) news.push(told);
    }
  }
  await notify(ports, repositories, account.id, news);
  return news.length;
}

/**
 * Tells of every alert whose time has come, of all accounts. Safe on every node at once and after a restart: each is told under the
 * account's lock, once.
 *
 * @returns how many were told.
 */
export async function tellDueAlerts(ports: Ports): Promise<number> {
  const now = ports.clock.now();
  let told = 0;
  for (const { accountId, keyIds, after } of await ports.store.keys.listAlerting(now)) {
    for (let start = 0; start < keyIds.length; start += chunk) {
      const ids = keyIds.slice(start, start + chunk);
      const isLast = start + chunk >= keyIds.length;
      told += await changeAccount(ports, accountId, async (repositories) => {
        const account = await repositories.accounts.find(accountId);
        if (!account) return 0;
        const keys = await repositories.keys.findMany(accountId, ids);
        const count = await tellAlerts(ports, repositories, account, keys);
        if (isLast) await repositories.accounts.saveAlertsTold(accountId, after, now);
        return count;
      });
    }
  }
  return told;
}
