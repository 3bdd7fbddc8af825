import { sendDueWebhooks, type Attempt, type Ports, type SendWebhook } from '@latchkey/core';

/** How many attempts a node has under way at once. */
const most = 20;

/** Makes the attempts whose time has come. */
export interface WebhookRunner {
  /** Begins those that are due; each that ends makes way for another. Never rejects. */
  run(): Promise<void>;
  /** Begins no more, and waits for those under way. */
  stop(): Promise<void>;
}

/** Makes the runner. @param onError hears of what could not be looked up or recorded: it comes up again. */
export function makeWebhookRunner(
  ports: Ports,
  send: SendWebhook,
  onError: (error: unknown) => void,
): WebhookRunner {
  const underWay = new Set<Attempt>();
  const stopping = new AbortController();
  let looking: Promise<void> | undefined;
  /** An attempt that ends while its endpoint is passed over for it must not be missed. */
  let lookAgain = false;

  /** An endpoint with attempts under way gets no more of them, so that a slow one holds up no other. */
  async function begin(): Promise<void> {
    while (!stopping.signal.aborted && underWay.size < most) {
      const busy = [...new Set([...underWay].map(({ webhookId }) => webhookId))];
      const limits = { busy, most: most - underWay.size };
      const begun = await sendDueWebhooks(ports, send, limits, onError);
      for (const attempt of begun) {
        underWay.add(attempt);
        void makeWayAfter(attempt);
      }
      if (begun.length === 0) return;
    }
  }

  async function look(): Promise<void> {
    try {
      do {
        lookAgain = false;
        await begin();
      } while (lookAgain);
    } catch (error) {
      onError(error);
    }
    looking = undefined;
  }

  async function run(): Promise<void> {
    lookAgain = true;
    return (looking ??= look());
  }

  async function makeWayAfter(attempt: Attempt): Promise<void> {
    await attempt.done;
    underWay.delete(attempt);
    await run();
  }

  return {
    run,
    async stop() {
      stopping.abort();
      await looking;
      await Promise.all([...underWay].map(({ done }) => done));
    },
  };
}
