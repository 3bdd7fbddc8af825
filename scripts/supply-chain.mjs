// What Latchkey is made of: writes the bill of materials and the licences, and fails for a licence that nobody agreed to.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Licences that ask for no more than to be named. */
const agreed = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'MIT-0',
  'Unlicense',
];

/**
 * The packages under a licence that is not agreed to. An offer of several is one when any of them is.
 *
 * @param {Record<string, { name: string }[]>} byLicence as `pnpm licenses list --json` prints it
 * @returns {string[]} `name (licence)`
 */
export function findDisagreed(byLicence) {
  return Object.entries(byLicence)
    .filter(
      ([licence]) =>
        !licence
          .replace(/^\((.*)\)$/, '$1')
          .split(' OR ')
          .some((one) => agreed.includes(one.trim())),
    )
    .flatMap(([licence, packages]) => packages.map(({ name }) => `${name} (${licence})`));
}

function pnpm(...args) {
  return execFileSync('pnpm', args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
}

function main() {
  const folder = join(fileURLToPath(new URL('..', import.meta.url)), 'dist');
  mkdirSync(folder, { recursive: true });
  const sbom = ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application', '--prod'];
  writeFileSync(join(folder, 'sbom.cdx.json'), pnpm(...sbom));
  const byLicence = JSON.parse(pnpm('--recursive', 'licenses', 'list', '--prod', '--json'));
  const listed = Object.entries(byLicence).flatMap(([licence, packages]) =>
    packages.map(({ name, versions }) => ({ name, versions, licence })),
  );
  writeFileSync(join(folder, 'licences.json'), `${JSON.stringify(listed, null, 2)}\n`);
  const disagreed = findDisagreed(byLicence);
  for (const one of disagreed) process.stderr.write(`not an agreed licence: ${one}\n`);
  process.stdout.write(
    `${String(listed.length)} packages; dist/sbom.cdx.json, dist/licences.json\n`,
  );
  if (disagreed.length > 0) process.exitCode = 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
