import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { WorkbookWriter } from '@cj-tech-master/excelts';

/** How many rows a sheet of a spreadsheet holds at most. */
const mostRows = 1_048_576;

/** How many rows are written between two looks at whether the reader keeps up. */
const batch = 250;

/** What a spreadsheet would run if somebody typed it, or opened it out of a CSV file made of ours. */
const formula = /^[=+\-@\t\r]/;

type Sheet = ReturnType<WorkbookWriter['addWorksheet']>;

/** Adds a row of texts. What looks like a formula also carries the format of text, so that it stays one when it is edited. */
function addRow(sheet: Sheet, cells: readonly string[]): void {
  const row = sheet.addRow([...cells]);
  cells.forEach((text, index) => {
    if (formula.test(text)) row.getCell(index + 1).numFmt = '@';
  });
  row.commit();
}

/** Waits until the reader has taken what was written. */
async function keepPace(out: Writable): Promise<void> {
  if (out.destroyed) throw new Error('The reader left before the end of the spreadsheet.');
  // Compression happens on the side: without a turn of the event loop nothing would reach the reader.
  await new Promise(setImmediate);
  if (!out.writableNeedDrain) return;
  const left = new AbortController();
  try {
    await Promise.race([
      once(out, 'drain', { signal: left.signal }),
      once(out, 'close', { signal: left.signal }),
    ]);
  } finally {
    left.abort();
  }
}

/** Rows under one name. */
export interface Sheets {
  name: string;
  /** The words of the first row of every sheet. */
  columns: readonly string[];
  rows: AsyncIterable<readonly string[]>;
  /** How many rows a sheet holds, that of the columns among them. */
  rowsPerSheet?: number;
}

/**
 * Writes a sheet; more than it holds goes on in `{name} 2`, `{name} 3` …
 *
 * @throws when `out` is closed before the end.
 */
export async function writeSheets(
  workbook: WorkbookWriter,
  out: Writable,
  { name, columns, rows, rowsPerSheet = mostRows }: Sheets,
): Promise<void> {
  let sheets = 0;
  let written = 0;
  const begin = () => {
    sheets += 1;
    written = 1;
    const sheet = workbook.addWorksheet(sheets === 1 ? name : `${name} ${String(sheets)}`);
    addRow(sheet, columns);
    return sheet;
  };
  let sheet = begin();
  for await (const row of rows) {
    if (written === rowsPerSheet) {
      sheet.commit();
      sheet = begin();
    }
    addRow(sheet, row);
    written += 1;
    if (written % batch === 0) await keepPace(out);
  }
  sheet.commit();
}
