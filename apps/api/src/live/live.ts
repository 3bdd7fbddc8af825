import type { Account, Actor, AuditRepository, Clock, Store } from '@latchkey/core';
import type { ChangedThing } from '../contract/live.ts';
import { Bell } from './bell.ts';
import { changedThings, maySee } from './things.ts';

/** How often it is looked at whether somebody may still follow, when nothing happens, in milliseconds. */
const recheckInterval = 15_000;

/** How far back who begins to follow is told, in milliseconds: what they see was read a moment before. */
const overlap = 30_000;

/** How many events are read at once. */
const readAtOnce = 500;

/** The store's stream of changes, as it is seen from here. */
export interface LiveFeed {
  /** @returns how to end it. */
  subscribe(listener: {
    appended(accountId: string): void;
    changed(change: { accountId: string; keyId: string | null }): void;
    lost(): void;
    confirmed(at: number): void;
  }): () => void;
}

/** What following is made of. */
export interface LiveOptions {
  feed: LiveFeed;
  audit: Pick<AuditRepository, 'after' | 'lastBefore'>;
  externalKeys: Pick<Store['externalKeys'], 'keyIds'>;
  clock: Clock;
}

/** Who follows which account. */
export interface Follower {
  account: Account;
  /** Where they were: the sequence of the last audit event that they know of. */
  after: number | undefined;
  /** Looks anew at who they are and what they may do. @throws when they may no longer follow. */
  enter: () => Promise<Actor>;
  /** Aborted when they go. */
  signal: AbortSignal | undefined;
}

/** Something happened. */
export interface News {
  /** Where to go on from: the sequence of the last audit event that this tells of. */
  position: number;
  /** Only what the follower may see. */
  changed: readonly ChangedThing[];
}

/** Tells people what changes under their eyes. */
export interface Live {
  /** Begins with what happened in the last moments, or since they left off; empty news when that is nothing. */
  follow(follower: Follower): AsyncGenerator<News, void>;
  /** Ends whatever is being followed: the followers go to another node. */
  end(): void;
}

/**
 * Makes it. An account's audit log is what is followed: its events are numbered without a gap, so that whatever was missed on the way,
 * by this node or by who follows, is told afterwards.
 */
export function makeLive({ feed, audit, externalKeys, clock }: LiveOptions): Live {
  const bells = new Set<Bell>();
  let ended = false;

  /** Rings when something may have happened to an account, and notes when it was to another's key that has roles here. */
  function listen(accountId: string, bell: Bell) {
    let granted: ReadonlySet<string> = new Set();
    const foreign = { changed: false };
    const stop = feed.subscribe({
      appended: (grown) => grown === accountId && bell.ring(),
      changed(change) {
        if (change.accountId === accountId || change.keyId === null) return;
        if (!granted.has(change.keyId)) return;
        foreign.changed = true;
        bell.ring();
      },
      lost() {
        foreign.changed = true;
        bell.ring();
      },
      confirmed: () => undefined,
    });
    const loadGranted = async () => {
      const found = new Set<string>();
      for await (const keyId of externalKeys.keyIds(accountId)) found.add(keyId);
      granted = found;
    };
    return { foreign, loadGranted, stop };
  }

  async function* follow({ account, after, enter, signal }: Follower): AsyncGenerator<News, void> {
    const bell = new Bell();
    const { foreign, loadGranted, stop } = listen(account.id, bell);
    const isOver = () => ended || signal?.aborted === true;
    bells.add(bell);
    signal?.addEventListener('abort', bell.ring);
    try {
      await loadGranted();
      let position =
        after ?? (await audit.lastBefore(account.id, new Date(clock.now().getTime() - overlap)));
      let first = true;
      while (!isOver()) {
        const events = await audit.after(account.id, position, readAtOnce);
        const things = changedThings(events);
        if (things.some(({ noun }) => noun === 'externalKeys')) await loadGranted();
        if (foreign.changed) things.push({ noun: 'externalKeys', id: null });
        foreign.changed = false;
        position = events.at(-1)?.sequence ?? position;
        // Whoever lost the right to see it a moment ago must not hear of it.
        const actor = await enter();
        const changed = things.filter(({ noun }) => maySee(actor, noun));
        if (first || changed.length > 0) yield { position, changed };
        first = false;
        if (events.length < readAtOnce && !isOver()) await bell.heard(recheckInterval);
      }
    } finally {
      signal?.removeEventListener('abort', bell.ring);
      bells.delete(bell);
      stop();
    }
  }

  return {
    follow,
    end() {
      ended = true;
      for (const bell of bells) bell.ring();
    },
  };
}
