/** What a clock on the wall of a time zone shows, as the browser's pickers write it: `2026-11-24T09:00`. */

const two = (value: number) => String(value).padStart(2, '0');

function wallTime(time: number, timeZone: string | undefined): number {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(time);
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((one) => one.type === type)?.value ?? 0);
  const seconds = [part('hour'), part('minute'), part('second')] as const;
  const wall = Date.UTC(part('year'), part('month') - 1, part('day'), ...seconds);
  return wall + (((time % 1000) + 1000) % 1000);
}

/**
 * @param granularity `date` leaves the time away
 * @param timeZone the system's when undefined
 */
export function toWallClock(
  time: Date,
  granularity: 'date' | 'minute',
  timeZone: string | undefined,
): string {
  const wall = new Date(wallTime(time.getTime(), timeZone));
  const year = String(wall.getUTCFullYear()).padStart(4, '0');
  const date = `${year}-${two(wall.getUTCMonth() + 1)}-${two(wall.getUTCDate())}`;
  if (granularity === 'date') return date;
  return `${date}T${two(wall.getUTCHours())}:${two(wall.getUTCMinutes())}`;
}

/**
 * The moment at which the clock shows that; of a day, its last. Null for what is no date. A time that the
 * clock skips is the one an hour later.
 */
export function fromWallClock(
  local: string,
  granularity: 'date' | 'minute',
  timeZone: string | undefined,
): string | null {
  const wall = Date.parse(granularity === 'date' ? `${local}T23:59:59.999Z` : `${local}Z`);
  if (Number.isNaN(wall)) return null;
  const offsetAt = (time: number) => wallTime(time, timeZone) - time;
  // The offset a day before and a day after: between them lies every change of the clock.
  const [before, after] = [offsetAt(wall - 86_400_000), offsetAt(wall + 86_400_000)];
  const fits = [wall - before, wall - after].find((time) => time + offsetAt(time) === wall);
  return new Date(fits ?? wall - before).toISOString();
}
