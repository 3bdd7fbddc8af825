import { hash } from 'node:crypto';
import { hasEnded, isExpired, type Clock } from '@latchkey/core';
import { BoundedMap } from '@latchkey/fresh-cache';
import type { CredentialCache, Sighting } from './credential-cache.ts';
import type { BatchedUsageCounter, Tally } from './usage-counter.ts';

/** How many answers are kept ready. */
const limit = 100_000;

interface Prepared<Answer> {
  answer: Answer;
  sighting: Sighting;
  tally: Tally;
  used: boolean;
}

/** What decides whether a prepared answer may be given again, and what notes that it was. */
export interface PreparedAnswersPorts {
  clock: Clock;
  usage: Pick<BatchedUsageCounter, 'tallyOf' | 'countOn'>;
  credentials: Pick<CredentialCache, 'holds'>;
}

/**
 * Answers to requests that were found valid, ready to be sent again. The same bytes ask the same question, so that parsing, checking and
 * deciding are done once; what was known of the credential must still hold, and whether it has expired or ended is looked at each time.
 */
export class PreparedAnswers<Answer> {
  readonly #ports: PreparedAnswersPorts;
  readonly #answers = new BoundedMap<Prepared<Answer>>(limit);

  constructor(ports: PreparedAnswersPorts) {
    this.#ports = ports;
  }

  /** The id of a request: a digest, since requests hold tokens. One character a byte is its shortest text. */
  static idOf(request: Uint8Array | string): string {
    return hash('sha256', request, 'binary');
  }

  /** The answer to a request, counted as a use of its credential; `undefined` when it must be found anew. */
  take(id: string): Answer | undefined {
    const prepared = this.#answers.get(id);
    if (prepared === undefined) return undefined;
    const { sighting } = prepared;
    const credential = sighting.value;
    const at = this.#ports.clock.now();
    if (
      !credential ||
      !this.#ports.credentials.holds(sighting) ||
      isExpired(credential, at) ||
      hasEnded(credential, at)
    ) {
      this.#answers.remove(id, prepared);
      return undefined;
    }
    prepared.used = true;
    this.#ports.usage.countOn(prepared.tally, at);
    return prepared.answer;
  }

  /** Keeps the answer to a request that is valid by what was known of its credential. */
  keep(id: string, sighting: Sighting, answer: Answer): void {
    if (!sighting.value) return;
    const tally = this.#ports.usage.tallyOf(sighting.value);
    this.#answers.set(id, { answer, sighting, tally, used: false });
  }
}
