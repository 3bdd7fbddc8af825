import { setTimeout as delay } from 'node:timers/promises';
import { createParser } from 'eventsource-parser';
import type { VerifierApi } from './api.ts';

/** What the stream tells. */
export interface ChangeListener {
  /** @param keyId `undefined` when anything may have changed. */
  changed(keyId: string | undefined): void;
  /** Changes may have been missed. */
  lost(): void;
  /** Every change before this moment of `performance.now()` was told. */
  confirmed(at: number): void;
}

/** The first and the longest wait before the stream is opened again, in milliseconds. */
const wait = { first: 100, longest: 1000 };

interface StreamOptions {
  api: Pick<VerifierApi, 'listen'>;
  listener: ChangeListener;
  /** How long the stream may be silent before it counts as broken, in milliseconds. */
  silence: number;
  onError: (error: unknown) => void;
}

/** A stream that lasted so long was a good one, in milliseconds. */
const goodStream = 5000;

/** What an event holds. */
interface EventData {
  keyId?: string;
  at?: number;
}

/**
 * Reads one stream to its end. The server's times are of its own clock: from the moment before the stream was asked for, `start`, they are
 * counted on this process's clock, so that what lay about on the way never counts as newer than it is.
 */
async function readStream(
  { api, listener, silence }: StreamOptions,
  signal: AbortSignal,
): Promise<void> {
  const start = performance.now();
  const silent = new AbortController();
  const body = await api.listen(AbortSignal.any([signal, silent.signal]));
  let openedAt = 0;
  let heardAt = performance.now();
  const parser = createParser({
    onEvent({ event, data }) {
      const { keyId, at = 0 } = JSON.parse(data) as EventData;
      if (event === 'open') {
        openedAt = at;
        listener.lost();
        listener.confirmed(start);
      } else if (event === 'change') {
        listener.changed(keyId);
      } else if (event === 'lost') {
        listener.lost();
      } else if (event === 'confirmed') {
        const confirmed = start + (at - openedAt);
        // Clocks that drifted apart are compared anew.
        if (performance.now() - confirmed > silence) silent.abort();
        else listener.confirmed(Math.min(confirmed, performance.now()));
      }
    },
  });
  const watch = setInterval(() => {
    if (performance.now() - heardAt > silence) silent.abort();
  }, silence / 4);
  watch.unref();
  const decoder = new TextDecoder();
  try {
    for await (const chunk of body) {
      heardAt = performance.now();
      parser.feed(decoder.decode(chunk, { stream: true }));
    }
  } finally {
    clearInterval(watch);
  }
}

/** Keeps a stream of changes open, and opens it again when it breaks. @returns how to end it. */
export function followChanges(options: StreamOptions): () => void {
  const stopping = new AbortController();
  const { signal } = stopping;

  async function follow(): Promise<void> {
    let pause = wait.first;
    while (!signal.aborted) {
      const start = performance.now();
      try {
        await readStream(options, signal);
      } catch (error) {
        if (signal.aborted) return;
        options.onError(error);
      }
      pause =
        performance.now() - start > goodStream ? wait.first : Math.min(pause * 2, wait.longest);
      // Verifiers that lost the same server do not all come back at once.
      const jittered = pause * (0.5 + Math.random());
      await delay(jittered, undefined, { signal }).catch(() => undefined);
    }
  }

  void follow();
  return () => stopping.abort();
}
