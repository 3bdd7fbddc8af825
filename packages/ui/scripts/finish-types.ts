/**
 * Lets the built declarations name each other by the extension that exists beside them: TypeScript
 * leaves the sources' `.ts` and `.tsx` in them.
 */
import { glob, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const dist = fileURLToPath(new URL('../dist', import.meta.url));

for await (const file of glob(`${dist}/**/*.d.ts`)) {
  const text = await readFile(file, 'utf8');
  await writeFile(
    file,
    text.replaceAll(/(from |import\()(['"])(\.[^'"]+)\.tsx?\2/g, '$1$2$3.js$2'),
  );
}
