import { changeAccount } from '../call.ts';
import type { Ports } from '../ports.ts';
import type { Webhook } from './webhook.ts';

/** The endpoint with its secrets sealed under the server's present one; the very same when they are. */
function reseal({ keyring }: Pick<Ports, 'keyring'>, webhook: Webhook): Webhook {
  const { formerSecret, id } = webhook;
  const secret = keyring.resealWebhookSecret(webhook.secret, id);
  const former = formerSecret && keyring.resealWebhookSecret(formerSecret.secret, id);
  if (secret === webhook.secret && former === (formerSecret?.secret ?? null)) return webhook;
  return {
    ...webhook,
    secret,
    formerSecret: formerSecret && former && { ...formerSecret, secret: former },
  };
}

/**
 * Seals the signing secrets of all webhooks under the server's present secret, so that the one before it can go. Safe on every node at
 * once.
 *
 * @returns how many endpoints had one that was sealed under another.
 */
export async function resealWebhookSecrets(ports: Ports): Promise<number> {
  let resealed = 0;
  for (const accountId of await ports.store.webhooks.listAccounts()) {
    const seen = await ports.store.webhooks.list(accountId);
    if (seen.every((webhook) => reseal(ports, webhook) === webhook)) continue;
    resealed += await changeAccount(ports, accountId, async ({ webhooks }) => {
      let changed = 0;
      for (const webhook of await webhooks.list(accountId)) {
        const sealed = reseal(ports, webhook);
        if (sealed === webhook) continue;
        await webhooks.save(sealed);
        changed += 1;
      }
      return changed;
    });
  }
  return resealed;
}
