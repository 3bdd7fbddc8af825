/** A median with the lowest and the highest of the measurements. */
export interface Spread {
  median: number;
  low: number;
  high: number;
}

/** The value below which a share of the measurements lie. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function spread(values: readonly number[]): Spread {
  return {
    median: percentile(values, 0.5),
    low: Math.min(...values),
    high: Math.max(...values),
  };
}

/** Each measurement of one by the measurement of another that was taken beside it. */
export function ratios(of: readonly number[], by: readonly number[]): number[] {
  return of.map((value, index) => value / (by[index] ?? Number.NaN));
}

/** A number with three significant digits, and thousands apart. */
export function show(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const rounded = Number(value.toPrecision(3));
  return rounded.toLocaleString('en', { maximumFractionDigits: 4 });
}

/** `12 (11–14)`. */
export function showSpread({ median, low, high }: Spread, unit = ''): string {
  return `${show(median)}${unit} (${show(low)}–${show(high)})`;
}
