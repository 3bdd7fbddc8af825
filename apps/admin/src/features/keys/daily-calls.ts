const dayLength = 24 * 60 * 60 * 1000;

/** The verifications of one UTC day. */
export interface DailyCalls {
  /** `2026-11-24`. */
  readonly day: string;
  readonly count: number;
}

/**
 * The last days without a gap, oldest first: those that the API leaves out had none.
 *
 * @param now in milliseconds.
 * @param length how many days, today among them.
 */
export function fillDays(
  known: readonly DailyCalls[],
  now: number,
  length: number,
): readonly DailyCalls[] {
  const counts = new Map(known.map(({ day, count }) => [day, count]));
  return Array.from({ length }, (_, index) => {
    const day = new Date(now - (length - 1 - index) * dayLength).toISOString().slice(0, 10);
    return { day, count: counts.get(day) ?? 0 };
  });
}
