/** One server-sent event. */
export interface ServerSentEvent {
  event: string;
  id: string | undefined;
  data: unknown;
}

/** A stream of events that is being read. */
export interface EventStream extends AsyncDisposable {
  readonly status: number;
  readonly headers: Headers;
  /** What came so far, in order. */
  readonly events: readonly ServerSentEvent[];
  /** All of it, as it was sent. */
  text(): string;
  /** Resolves when the server has ended it. */
  readonly ended: Promise<void>;
}

function parseEvent(block: string): ServerSentEvent {
  const field = (name: string) =>
    block
      .split('\n')
      .find((line) => line.startsWith(`${name}:`))
      ?.slice(name.length + 1)
      .trim();
  const data = field('data');
  return {
    event: field('event') ?? 'message',
    id: field('id'),
    data: data === undefined || data === '' ? undefined : JSON.parse(data),
  };
}

/** Opens a stream as a browser's `EventSource` does. Dispose of it to go away. */
export async function openEventStream(
  url: string,
  headers: Record<string, string>,
): Promise<EventStream> {
  const leaving = new AbortController();
  const answer = await fetch(url, { headers, signal: leaving.signal });
  const events: ServerSentEvent[] = [];
  let text = '';
  let read = 0;
  const reading = (async () => {
    const decoder = new TextDecoder();
    const body: AsyncIterable<Uint8Array> = answer.body ?? new ReadableStream();
    for await (const chunk of body) {
      text += decoder.decode(chunk, { stream: true });
      for (let end = text.indexOf('\n\n', read); end >= 0; end = text.indexOf('\n\n', read)) {
        events.push(parseEvent(text.slice(read, end)));
        read = end + 2;
      }
    }
  })();
  const ended = reading.catch((error: unknown) => {
    if (!leaving.signal.aborted) throw error;
  });
  return {
    status: answer.status,
    headers: answer.headers,
    events,
    ended,
    text: () => text,
    async [Symbol.asyncDispose]() {
      leaving.abort();
      await ended;
    },
  };
}
