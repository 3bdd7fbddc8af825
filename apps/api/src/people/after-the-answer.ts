/** Work that nobody waits for: it goes on after the answer, and is finished before the store is closed. */
export interface AfterTheAnswer {
  /** Begins a piece of work, unless very many are under way: whoever asks without end fills no memory. */
  begin(work: () => Promise<void>): void;
  /** Resolves when none is under way: call it before the store is closed. */
  close(): Promise<void>;
}

/** How many pieces may be under way. */
const most = 200;

/** Makes it. @param onError hears of what went wrong. */
export function makeAfterTheAnswer(onError: (error: unknown) => void): AfterTheAnswer {
  const underWay = new Set<Promise<void>>();
  return {
    begin(work) {
      if (underWay.size >= most) return;
      const piece = work()
        .catch(onError)
        .finally(() => underWay.delete(piece));
      underWay.add(piece);
    },
    async close() {
      await Promise.all(underWay);
    },
  };
}
