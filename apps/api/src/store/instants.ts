/** An instant as it is stored, or `null`. */
export function toInstant(time: Date | null): number | null {
  return time?.getTime() ?? null;
}

/** A stored instant as a time, or `null`. */
export function toDate(instant: number | null): Date | null {
  return instant === null ? null : new Date(instant);
}

/** A stored last use as a time; `null` while there was none, which is stored as 0. */
export function toLastUse(instant: number): Date | null {
  return instant === 0 ? null : new Date(instant);
}
