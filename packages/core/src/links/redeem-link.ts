import { changeAccount } from '../call.ts';
import { recordEvent } from '../audit/record-event.ts';
import { notify } from '../notifications/notify.ts';
import type { DeliveredLink, Ports, Repositories } from '../ports.ts';
import { ok, refuse, type Result } from '../result.ts';
import type { Secret } from '../tokens/secret.ts';

/** What the page shows before the token is revealed. */
export interface LinkPreview {
  keyName: string;
  /** The account's name. */
  account: string;
  expiresAt: Date;
}

/** Unknown, redeemed, expired and withdrawn are told apart to nobody. */
const gone = refuse(
  'LINK_GONE',
  'This link is no longer available. Ask whoever sent it to you for a new one.',
);

async function recordReader(
  ports: Ports,
  repositories: Repositories,
  link: DeliveredLink,
  action: 'link.redeemed' | 'link.tried-again',
  from: string | null,
): Promise<void> {
  await recordEvent(
    ports,
    repositories,
    { account: { id: link.accountId }, actor: { kind: 'reader' }, from },
    { action, keyId: link.keyId, subject: link.key },
  );
}

/** A second reader is the sign that the wrong one may have come first: the account's log names the key. */
async function recordSecondReader(
  ports: Ports,
  repositories: Repositories,
  link: DeliveredLink,
  from: string | null,
): Promise<void> {
  if (await repositories.links.noteAttempt(link.id, ports.clock.now())) {
    await recordReader(ports, repositories, link, 'link.tried-again', from);
    const key = { id: link.keyId, key: link.key, name: link.keyName };
    await notify(ports, repositories, link.accountId, [
      { type: 'link.tried_again', data: { key, from } },
    ]);
  }
}

/** Says whose credential a link delivers, and consumes nothing. */
export async function previewLink(
  ports: Ports,
  linkToken: Secret,
  from: string | null,
): Promise<Result<LinkPreview>> {
  const link = await ports.store.links.findByHash(ports.keyring.hashes('link', linkToken));
  if (link?.state === 'redeemed') {
    await changeAccount(ports, link.accountId, (repositories) =>
      recordSecondReader(ports, repositories, link, from),
    );
  }
  return link?.state === 'unread' && ports.clock.now() < link.expiresAt
    ? ok({ keyName: link.keyName, account: link.accountName, expiresAt: link.expiresAt })
    : gone;
}

/** Gives the token to the first who asks, and to nobody after. */
export async function redeemLink(
  ports: Ports,
  linkToken: Secret,
  from: string | null,
): Promise<Result<{ key: string; token: Secret }>> {
  const hashes = ports.keyring.hashes('link', linkToken);
  const found = await ports.store.links.findByHash(hashes);
  if (!found) return gone;
  return changeAccount(ports, found.accountId, async (repositories) => {
    const link = await repositories.links.findByHash(hashes);
    if (!link) return gone;
    const won = await repositories.links.redeem(link.id, ports.clock.now(), from);
    if (!won || !link.ciphertext) {
      if (link.state === 'redeemed') await recordSecondReader(ports, repositories, link, from);
      return gone;
    }
    await recordReader(ports, repositories, link, 'link.redeemed', from);
    return ok({ key: link.key, token: ports.keyring.open(link.ciphertext, linkToken, link.id) });
  });
}

/** Erases the ciphertexts of expired links. @returns how many. */
export async function eraseExpiredLinks(ports: Ports): Promise<number> {
  return ports.store.links.eraseExpired(ports.clock.now());
}
