import { noteFailedSignIn, type Ports, type Refusal } from '@latchkey/core';
import type { People } from './people.ts';

/** How many may wait to be written: whoever tries without end fills no memory. */
const mostWaiting = 1000;

/** Writes down who failed to sign in. */
export interface FailedSignIns {
  /**
   * Takes note of an attempt. It is written after the answer, so that the time of an answer tells nobody whether there is such a
   * person; of an address that nobody has, nothing is.
   */
  note(email: string, refusal: Refusal, from: string | null): void;
  /** Resolves when all is written: call it before the store is closed. */
  close(): Promise<void>;
}

/** Makes it. @param onError hears of what could not be written. */
export function makeFailedSignIns(
  ports: Ports,
  people: Pick<People, 'find'>,
  onError: (error: unknown) => void,
): FailedSignIns {
  let waiting = 0;
  let writing: Promise<void> = Promise.resolve();

  async function write(email: string, refusal: Refusal, from: string | null): Promise<void> {
    try {
      const person = await people.find(email);
      if (person) await noteFailedSignIn(ports, person, refusal, from);
    } catch (error) {
      onError(error);
    } finally {
      waiting -= 1;
    }
  }

  return {
    note(email, refusal, from) {
      if (waiting >= mostWaiting) return;
      waiting += 1;
      writing = writing.then(async () => write(email, refusal, from));
    },
    close: async () => writing,
  };
}
