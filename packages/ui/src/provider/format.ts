/** Dates and numbers in the reader's language. All times come in as RFC 3339. */
export interface Format {
  /** `12 Mar 2026` */
  date(time: string): string;
  /** `12 Mar 2026, 14:05` */
  dateTime(time: string): string;
  /** `3 days ago`, `in 2 hours`, from the provider's clock; in days up to a month, since weeks are too coarse to plan by */
  relative(time: string): string;
  number(value: number): string;
  /** `a, b and c` */
  list(words: readonly string[]): string;
}

const units = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

export function createFormat(locale: string, now: () => Date, timeZone?: string): Format {
  const zone = timeZone === undefined ? {} : { timeZone };
  const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', ...zone });
  const times = new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    ...zone,
  });
  const relatives = new Intl.RelativeTimeFormat(locale);
  const nearby = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const numbers = new Intl.NumberFormat(locale);
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' });
  return {
    date: (time) => dates.format(new Date(time)),
    dateTime: (time) => times.format(new Date(time)),
    relative: (time) => {
      const seconds = (new Date(time).getTime() - now().getTime()) / 1000;
      for (const [unit, length] of units) {
        // "Yesterday" and "now" read well; "next month" of a time in 35 days would not be true.
        const words = unit === 'day' ? nearby : relatives;
        if (Math.abs(seconds) >= length) return words.format(Math.trunc(seconds / length), unit);
      }
      return nearby.format(0, 'second');
    },
    number: (value) => numbers.format(value),
    list: (words) => lists.format(words),
  };
}
