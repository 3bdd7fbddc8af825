import { TRPCClientError } from '@trpc/client';
import type { AppRouter } from '@latchkey/api/router';
import type { ApiKeysClient } from './api-keys-source.ts';

/** How long until a stream that ended is opened again, in milliseconds. */
const pause = 1000;

/** What `<ApiKeys>` shows of an account. */
const shown: readonly string[] = ['account', 'externalKeys', 'keys', 'roles', 'settings'];

/** Whether it was the server that said no, and would again. */
const isRefusal = (error: unknown) =>
  error instanceof TRPCClientError &&
  (error as TRPCClientError<AppRouter>).data?.refusal !== undefined;

/**
 * Calls back when something that is shown of an account changes. A stream that ends is opened again where it ended, so that nothing
 * is missed; a refusal ends it for good.
 *
 * @returns how to stop.
 */
export function followChanges(
  client: ApiKeysClient,
  account: string,
  onChange: () => void,
): () => void {
  let position: string | undefined;
  let stream: { unsubscribe(): void } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function open(): void {
    stream = client.live.changes.subscribe(
      { account, ...(position !== undefined && { lastEventId: position }) },
      {
        onData({ id, data }) {
          position = id;
          if (data.changed.some(({ noun }) => shown.includes(noun))) onChange();
        },
        onComplete: openAgain,
        onError(error) {
          if (!isRefusal(error)) openAgain();
        },
      },
    );
  }
  function openAgain(): void {
    // A stream that is left says that it is complete.
    if (stream) timer = setTimeout(open, pause);
  }

  open();
  return () => {
    clearTimeout(timer);
    const left = stream;
    stream = undefined;
    left?.unsubscribe();
  };
}
