import { useState } from 'react';
import { readFailure } from './failure.ts';

interface Tagged {
  readonly id: string;
  /** Its version, as it was seen. */
  readonly etag: string;
}

/** @param read what there is now, the thing among it unless it is gone */
type SaveOver = <T>(
  seen: Tagged,
  send: (ifMatch: string) => Promise<T>,
  read: () => Promise<readonly Tagged[]>,
) => Promise<T>;

/**
 * Saves what was seen in one version. When somebody else was faster it fails, and looks at what there is
 * now: saving again, with the form kept as it is, then puts the one change over the other.
 */
export function makeSaveOver(): SaveOver {
  const known = new Map<string, string>();
  return async (seen, send, read) => {
    try {
      return await send(known.get(seen.id) ?? seen.etag);
    } catch (error) {
      if (readFailure(error).code === 'STALE') {
        const now = (await read()).find(({ id }) => id === seen.id);
        if (now) known.set(seen.id, now.etag);
      }
      throw error;
    }
  };
}

/** The same, for as long as a component lives: its form, or the page that holds it. */
export function useSaveOver(): SaveOver {
  const [saveOver] = useState(makeSaveOver);
  return saveOver;
}
