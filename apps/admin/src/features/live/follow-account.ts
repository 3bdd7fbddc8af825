import { createTRPCClient, httpSubscriptionLink } from '@trpc/client';
import type { AppRouter } from '@latchkey/api/router';
import type { Answers } from '../../lib/api.ts';
import { reportLost, reportReached } from '../../lib/connection.ts';
import { readFailure } from '../../lib/failure.ts';

const client = createTRPCClient<AppRouter>({ links: [httpSubscriptionLink({ url: '/trpc' })] });

/** What the API says has changed: which kind of thing, and which one. */
export type ChangedThing =
  Answers['live']['changes'] extends AsyncIterable<{ data: { changed: (infer Thing)[] } }>
    ? Thing
    : never;

/** How long after a node has ended a stream, or could not be reached, the next one is asked, in milliseconds. */
const again = { ended: 500, unreachable: 3000 } as const;

/** What is done with what happens. */
interface Following {
  readonly onChanged: (things: readonly ChangedThing[]) => void;
  /** The session or the membership has ended. */
  readonly onRefused: () => unknown;
}

/**
 * Follows what changes in an account, until told to stop. A stream that was cut goes on where it was. A
 * page that nobody looks at follows nothing: browsers keep few connections to one server open.
 *
 * @returns how to stop
 */
export function followAccount(account: string, { onChanged, onRefused }: Following): () => void {
  let position: string | undefined;
  let stream: { unsubscribe(): void } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const stop = () => {
    clearTimeout(timer);
    const former = stream;
    // First, since a stream that is left says that it is complete.
    stream = undefined;
    former?.unsubscribe();
  };
  const startIn = (milliseconds: number) => {
    stop();
    timer = setTimeout(start, milliseconds);
  };

  function start() {
    stop();
    stream = client.live.changes.subscribe(
      { account, ...(position !== undefined && { lastEventId: position }) },
      {
        onData({ id, data }) {
          position = id;
          if (data.changed.length > 0) onChanged(data.changed);
        },
        onConnectionStateChange({ state, error }) {
          if (error) reportLost();
          else if (state === 'pending') reportReached();
        },
        onComplete: () => stream && startIn(again.ended),
        onError(error) {
          if (readFailure(error).code !== 'UNREACHABLE') {
            stop();
            onRefused();
            return;
          }
          reportLost();
          startIn(again.unreachable);
        },
      },
    );
  }

  const look = () => (document.visibilityState === 'visible' ? start() : stop());
  document.addEventListener('visibilitychange', look);
  look();
  return () => {
    document.removeEventListener('visibilitychange', look);
    stop();
  };
}
