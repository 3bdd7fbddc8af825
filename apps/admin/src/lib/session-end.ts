import { createStore } from './store.ts';

interface Waiting {
  /** The person has signed in: what waited is tried again. */
  signedIn(): void;
  /** They would not: what waited fails. */
  givenUp(): void;
}

/** Set while a session has ended and the person is asked to sign in, with the page kept as it is. */
export const sessionEnd = createStore<Waiting | null>(null);

let asked: Promise<void> | null = null;

/** Asks the person to sign in again, once for all who ask at the same time. Rejects when they will not. */
export function askToSignIn(): Promise<void> {
  asked ??= new Promise<void>((resolve, reject) => {
    const end = () => {
      asked = null;
      sessionEnd.set(null);
    };
    sessionEnd.set({
      signedIn() {
        end();
        resolve();
      },
      givenUp() {
        end();
        reject(new Error('The session has ended.'));
      },
    });
  });
  return asked;
}
