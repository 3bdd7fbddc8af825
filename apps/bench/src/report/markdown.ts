/** What was to be reached, and whether this run did. */
export interface Goal {
  /** Completes "the goal is …". */
  what: string;
  measured: string;
  reached: boolean;
}

/** A section of the report. */
export interface Section {
  title: string;
  /** What was measured and how to read it. */
  text: string;
  goals?: readonly Goal[];
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
