/** Where a page ended: the values that its last row was sorted by. */
export type Position = readonly (string | number)[];

/** What kind of value stands at each place of a position. */
export type PositionShape = readonly ('string' | 'number')[];

/**
 * Writes a position as an opaque text for a URL.
 *
 * @param list which list in which order: the cursor is of no use in another.
 */
export function encodeCursor(list: string, position: Position): string {
  return Buffer.from(JSON.stringify([list, ...position])).toString('base64url');
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
}

// PostgreSQL refuses a text that holds the character 0.
const isText = (value: unknown): value is string =>
  typeof value === 'string' && !value.includes('\0');

/**
 * Reads what {@link encodeCursor} wrote.
 *
 * @returns `undefined` when it did not write this for this list.
 */
export function decodeCursor(
  list: string,
  shape: PositionShape,
  cursor: string,
): Position | undefined {
  const parsed = parse(cursor);
  if (!Array.isArray(parsed) || parsed.length !== shape.length + 1) return undefined;
  const [of, ...values] = parsed as unknown[];
  const position: (string | number)[] = [];
  for (const [place, kind] of shape.entries()) {
    const value = values[place];
    if (kind === 'string' ? isText(value) : Number.isSafeInteger(value)) {
      position.push(value as string | number);
    }
  }
  return of === list && position.length === shape.length ? position : undefined;
}
