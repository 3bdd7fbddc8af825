import type { Crypto } from '@latchkey/core';

/** Encrypts what must be read again, under keys derived from the server's secrets: the first seals, all of them open. */
export interface Sealer {
  /** @param purpose what it is for and whose it is: nothing else opens it. */
  seal(text: string, purpose: string): Uint8Array;
  /** `undefined` when it was sealed for another purpose, under another secret, or is no such thing. */
  open(sealed: Uint8Array, purpose: string): string | undefined;
}

const bytes = new TextEncoder();

/** Makes a sealer. @param keys 32 bytes each. */
export function makeSealer(
  crypto: Pick<Crypto, 'open' | 'seal'>,
  keys: readonly [Uint8Array, ...Uint8Array[]],
): Sealer {
  return {
    seal: (text, purpose) => crypto.seal(keys[0], bytes.encode(text), bytes.encode(purpose)),
    open(sealed, purpose) {
      for (const key of keys) {
        const opened = crypto.open(key, sealed, bytes.encode(purpose));
        if (opened) return new TextDecoder().decode(opened);
      }
      return undefined;
    },
  };
}
