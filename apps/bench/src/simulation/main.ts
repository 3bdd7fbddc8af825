import { readFile, writeFile } from 'node:fs/promises';
import { scenarios, simulateTable } from './table.ts';

const page = new URL('../../../../docs/scale.md', import.meta.url);

const [begin, end] = [
  '<!-- The simulation writes this table. -->\n\n',
  '\n<!-- The end of it. -->',
];
const text = await readFile(page, 'utf8');
const [before, after] = [text.indexOf(begin) + begin.length, text.indexOf(end)];
if (before < begin.length || after < before) throw new Error('docs/scale.md has no place for it.');
const table = await simulateTable(scenarios);
await writeFile(page, text.slice(0, before) + table + text.slice(after));
process.stdout.write(table);
