import type { Writable } from 'node:stream';
import { z } from 'zod';

/** A file that is made while it is sent. */
export interface Download {
  fileName: string;
  /**
   * Writes the file, as fast as it is taken, and ends the stream.
   *
   * @throws when the stream is closed before its end.
   */
  write: (out: Writable) => Promise<void>;
}

/** The output of a procedure that answers with a file, over REST alone. */
export const download = z.custom<Download>();
