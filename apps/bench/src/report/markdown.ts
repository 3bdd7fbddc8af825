/** What was to be reached, and whether this run did. */
export interface Goal {
  /** Completes "the goal is …". */
  what: string;
  measured: string;
  reached: boolean;
  /** What stands in the way, in whole sentences; for a run that missed it. */
  limit?: string;
}

/** A section of the report. */
export interface Section {
  title: string;
  /** What was measured and how to read it. */
  text: string;
  goals?: readonly Goal[];
  table: Table;
}

/** Cells, the first of each row its name. */
export interface Table {
  head: readonly string[];
  rows: readonly (readonly string[])[];
}

const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

/** Writes a table as Markdown. */
export function writeTable({ head, rows }: Table): string {
  const rule = head.map((_, index) => (index === 0 ? '---' : '---:'));
  return `${[head, rule, ...rows].map(line).join('\n')}\n`;
}

/** Writes a section as Markdown. */
export function writeSection({ title, text, table }: Section): string {
  return `## ${title}\n\n${text}\n\n${writeTable(table)}`;
}

/** Says of each goal whether this run reached it. */
export function writeGoals(sections: readonly Section[]): string {
  const goals = sections.flatMap((section) => section.goals ?? []);
  const rows = goals.map(({ what, measured, reached }) => [
    what,
    measured,
    reached ? 'reached' : '**missed**',
  ]);
  const table = { head: ['goal', 'measured', ''], rows };
  return writeSection({ title: 'Goals', text: 'Medians of this run.', table });
}
