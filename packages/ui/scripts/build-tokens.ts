/**
 * Compiles the design tokens (DTCG JSON in tokens/) to CSS custom properties and typed constants.
 *
 * Light and dark become one declaration each through `light-dark()`, so that the theme is decided by
 * `color-scheme` alone. They are declared again wherever `data-theme` stands: tools that rewrite
 * `light-dark()` for older browsers settle it where it is declared. High contrast and density override.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import StyleDictionary from 'style-dictionary';

const root = fileURLToPath(new URL('..', import.meta.url));

interface Resolved {
  readonly name: string;
  readonly value: string;
  readonly type: string;
  readonly description: string | undefined;
}

function css(value: unknown): string {
  // Style Dictionary leaves DTCG durations as { value, unit }.
  if (typeof value === 'object' && value !== null && 'value' in value && 'unit' in value) {
    return `${String(value.value)}${String(value.unit)}`;
  }
  return String(value);
}

async function resolve(file: string): Promise<Resolved[]> {
  const dictionary = new StyleDictionary({
    source: [`${root}tokens/${file}.tokens.json`],
    log: { verbosity: 'silent', warnings: 'disabled' },
    platforms: { css: { transformGroup: 'css', prefix: 'lk' } },
  });
  const { allTokens } = await dictionary.getPlatformTokens('css');
  return allTokens.map((token) => ({
    name: token.name,
    value: css(token.$value),
    type: String(token.$type),
    description: token.$description,
  }));
}

function byName(tokens: readonly Resolved[]): Map<string, string> {
  return new Map(tokens.map((token) => [token.name, token.value]));
}

function schemes(light: readonly Resolved[], dark: readonly Resolved[]): string[] {
  const darkValues = byName(dark);
  return light.map((token) => {
    const other = darkValues.get(token.name);
    if (other === undefined) throw new Error(`${token.name} has no dark value`);
    return `--${token.name}: light-dark(${token.value}, ${other});`;
  });
}

/** What each token is by itself and in the other modes, by its name. */
function inModes(
  tokens: readonly Resolved[],
  others: Readonly<Record<string, readonly Resolved[]>>,
): [name: string, entry: object][] {
  const byMode = Object.entries(others).map(([mode, list]) => [mode, byName(list)] as const);
  return tokens.map(({ name, type, value, description = '' }) => {
    const modes = Object.fromEntries(
      byMode.map(([mode, values]) => {
        const other = values.get(name);
        if (other === undefined) throw new Error(`${name} has no value in the mode ${mode}`);
        return [mode, other];
      }),
    );
    return [name, { type, value, modes, description }];
  });
}

function declare(tokens: readonly Resolved[]): string[] {
  return tokens.map((token) => `--${token.name}: ${token.value};`);
}

function rule(selector: string, lines: readonly string[], indent = '  '): string {
  return `${indent}${selector} {\n${lines.map((line) => `${indent}  ${line}`).join('\n')}\n${indent}}\n`;
}

/** Reads every token file and returns the text of the generated files, by their path in the package. */
export async function compileTokens(): Promise<Record<string, string>> {
  const [base, light, dark, contrastLight, contrastDark, comfortable, compact] = await Promise.all([
    resolve('base'),
    resolve('theme-light'),
    resolve('theme-dark'),
    resolve('theme-contrast-light'),
    resolve('theme-contrast-dark'),
    resolve('density-comfortable'),
    resolve('density-compact'),
  ]);
  const contrast = schemes(contrastLight, contrastDark);
  const sheet = [
    '/* Generated from tokens/*.tokens.json by scripts/build-tokens.ts: change those, then run it. */',
    '@layer lk.tokens, lk.base, lk.components;',
    '@layer lk.tokens {',
    rule(':root', ['color-scheme: light;']),
    rule(':root, [data-theme]', schemes(light, dark)),
    rule(':root', declare(base)),
    rule(":root, [data-density='comfortable']", declare(comfortable)),
    rule("[data-density='compact']", declare(compact)),
    rule("[data-contrast='more'], [data-contrast='more'] [data-theme]", contrast),
    '  @media (prefers-contrast: more) {',
    rule(':root, [data-theme]', contrast, '    '),
    '  }',
    rule("[data-theme='light']", ['color-scheme: light;']),
    rule("[data-theme='dark']", ['color-scheme: dark;']),
    rule("[data-theme='system']", ['color-scheme: light dark;']),
    '}',
    '',
  ].join('\n');

  const entries = [
    ...inModes(light, { dark, highContrast: contrastLight, highContrastDark: contrastDark }),
    ...inModes(base, {}),
    ...inModes(comfortable, { compact }),
  ];
  const constants = [
    '// Generated from tokens/*.tokens.json by scripts/build-tokens.ts: change those, then run it.',
    '',
    '/**',
    ' * Every design token by the name of its CSS variable (without the dashes). `value` is that of the light',
    ' * theme in comfortable density; `modes` are what it becomes in the others.',
    ' */',
    'export const tokens = {',
    ...entries.map(([name, entry]) => `  ${JSON.stringify(name)}: ${JSON.stringify(entry)},`),
    '} as const;',
    '',
  ].join('\n');
  return { 'src/tokens/tokens.generated.css': sheet, 'src/tokens/tokens.generated.ts': constants };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [path, text] of Object.entries(await compileTokens())) {
    const file = `${root}${path}`;
    // Others may be reading it, and would find it empty while it is written.
    if ((await readFile(file, 'utf8').catch(() => '')) !== text) await writeFile(file, text);
  }
}
