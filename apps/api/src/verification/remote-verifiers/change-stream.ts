import type { ServerResponse } from 'node:http';
import type { Store } from '@latchkey/core';
import type { ChangeFeed } from './change-feed.ts';
import type { Visitor } from './door.ts';

/** How often at the most a verifier is told that nothing else happened, in milliseconds. */
const confirmationInterval = 500;

/** How often it is looked at whether the verifier may still listen, in milliseconds. */
const recheckInterval = 30_000;

/** How long a stream lasts, in milliseconds. Both sides measure time by clocks of their own, which drift apart. */
const lifetime = 60 * 60 * 1000;

/** How much may wait to be sent, in bytes. A verifier that reads more slowly begins anew. */
const backlog = 1024 * 1024;

/** What a stream is made of. */
export interface ChangeStreamOptions {
  feed: ChangeFeed;
  externalKeys: Pick<Store['externalKeys'], 'keyIds'>;
  visitor: Visitor;
  response: ServerResponse;
  /** Whether the visitor may still listen. */
  isWelcome: () => Promise<boolean>;
  onError: (error: unknown) => void;
}

/**
 * Streams the changes that an account's verifiers depend on, as server-sent events: `open`, `change` (with `keyId`, or of everything),
 * `lost` and `confirmed`. Of other accounts' keys it tells only what was granted something. Times (`at`) are milliseconds on this
 * node's own clock; only their differences mean something.
 *
 * @returns how to end it.
 */
export async function streamChanges(options: ChangeStreamOptions): Promise<() => void> {
  const { feed, externalKeys, visitor, response, isWelcome, onError } = options;
  const accountId = visitor.account.id;
  let external = new Set<string>();
  let loading = 0;
  let loads = 0;
  let opened = false;
  let confirmedAt = 0;
  let checkedAt = performance.now();
  let endStream: () => void = () => undefined;

  const send = (event: string, data: object) => {
    // Who is not told yet that the stream is open relies on nothing that was before.
    if (!opened) return;
    if (response.writableLength > backlog) {
      response.destroy();
      return;
    }
    response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  };

  /** Nothing is confirmed meanwhile: a change of a key that is granted something just now might be passed over. */
  async function loadExternal(): Promise<void> {
    loading += 1;
    loads += 1;
    const begun = loads;
    try {
      const granted = new Set<string>();
      for await (const keyId of externalKeys.keyIds(accountId)) granted.add(keyId);
      // One that began later knows more, whichever ends first.
      if (begun === loads) external = granted;
    } finally {
      loading -= 1;
    }
  }

  const endOn = (error: unknown) => {
    onError(error);
    endStream();
  };

  async function recheck(): Promise<void> {
    checkedAt = performance.now();
    if (!(await isWelcome())) endStream();
  }

  const unsubscribe = feed.subscribe({
    changed(change) {
      const isOurs = change.accountId === accountId;
      if (change.keyId === null) {
        if (!isOurs) return;
        send('change', {});
        loadExternal().then(() => send('change', {}), endOn);
      } else if (isOurs || external.has(change.keyId)) {
        send('change', { keyId: change.keyId });
      }
      if (isOurs && (change.keyId === null || change.keyId === visitor.keyId)) {
        recheck().catch(endOn);
      }
    },
    lost() {
      send('lost', {});
      loadExternal().then(() => send('lost', {}), endOn);
    },
    confirmed(at) {
      if (loading > 0 || at - confirmedAt < confirmationInterval) return;
      confirmedAt = at;
      send('confirmed', { at });
      if (at - checkedAt > recheckInterval) recheck().catch(endOn);
    },
  });
  const clock = setTimeout(() => endStream(), lifetime);
  clock.unref();
  endStream = () => {
    unsubscribe();
    clearTimeout(clock);
    response.end();
  };
  response.once('close', endStream);
  await loadExternal();
  response.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store',
    // nginx would keep the events back.
    'X-Accel-Buffering': 'no',
  });
  opened = true;
  send('open', { at: performance.now() });
  return endStream;
}
