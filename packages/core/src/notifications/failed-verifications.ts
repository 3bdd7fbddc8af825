import { changeAccount } from '../call.ts';
import type { Ports, Repositories } from '../ports.ts';
import type { NotificationType, Told } from './notification.ts';
import { notify } from './notify.ts';

/** Failures are counted by the UTC hour, in milliseconds. */
const windowLength = 60 * 60 * 1000;

/**
 * From how many failures within an hour it is told. Guessing a token is hopeless, so this is about callers: one that goes on with a
 * token that is gone asks every minute or more often; a person who mistypes never comes near. An account tells of what is spread over
 * its keys.
 */
export const manyFailures = { ofKey: 100, ofAccount: 1000 };

/** Refused verifications of one identifier since they were last written. */
export type FailureCounts = ReadonlyMap<string, number>;

/** Told once a UTC day: a caller that goes on failing is no news. */
async function isNews(
  { notifications }: Repositories,
  accountId: string,
  type: NotificationType,
  subject: string,
  now: Date,
): Promise<boolean> {
  const about = now.toISOString().slice(0, 10);
  return notifications.tellOnce({ accountId, type, subject, about }, now);
}

/**
 * Adds to the counts that all nodes share, and tells of many. Identifiers that are no key's are passed over.
 *
 * @param failures what this node counted; see `FailureCounter`.
 */
export async function countFailures(ports: Ports, failures: FailureCounts): Promise<void> {
  const now = ports.clock.now();
  const window = new Date(now.getTime() - (now.getTime() % windowLength));
  const since = window.toISOString();
  const keys = await ports.store.keys.findByIdentifiers([...failures.keys()]);
  for (const [accountId, own] of Map.groupBy(keys, (key) => key.accountId)) {
    await changeAccount(ports, accountId, async (repositories) => {
      const add = async (keyId: string | null, count: number) =>
        repositories.notifications.addFailures({ accountId, keyId, window, count });
      const news: (Told & { type: NotificationType })[] = [];
      let sum = 0;
      for (const { id, key, name } of own) {
        const count = failures.get(key) ?? 0;
        sum += count;
        const type = 'key.verification_failures';
        const total = await add(id, count);
        if (total >= manyFailures.ofKey && (await isNews(repositories, accountId, type, id, now))) {
          news.push({ type, data: { key: { id, key, name }, failures: total, since } });
        }
      }
      const type = 'account.verification_failures';
      const total = await add(null, sum);
      if (
        total >= manyFailures.ofAccount &&
        (await isNews(repositories, accountId, type, '', now))
      ) {
        news.push({ type, data: { failures: total, since } });
      }
      await notify(ports, repositories, accountId, news);
    });
  }
}
