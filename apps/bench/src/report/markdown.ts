/** A section of the report. */
export interface Section {
  title: string;
  /** What was measured and how to read it. */
  text: string;
  table: { head: readonly string[]; rows: readonly (readonly string[])[] };
}

const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

/** Writes a section as Markdown. */
export function writeSection({ title, text, table }: Section): string {
  const rule = table.head.map((_, index) => (index === 0 ? '---' : '---:'));
  return [`## ${title}`, '', text, '', ...[table.head, rule, ...table.rows].map(line), ''].join(
    '\n',
  );
}
