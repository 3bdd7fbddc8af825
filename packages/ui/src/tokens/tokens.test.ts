import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { compileTokens } from '../../scripts/build-tokens.ts';
import { tokens } from './tokens.generated.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The relative luminance of an sRGB colour, after WCAG 2.2. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.040_45 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

type ColorName = Extract<keyof typeof tokens, `lk-color-${string}`>;

/** The four themes, and what a colour is in each. */
const themes = {
  light: (name: ColorName) => tokens[name].value,
  dark: (name: ColorName) => tokens[name].modes.dark,
  'high-contrast': (name: ColorName) => tokens[name].modes.highContrast,
  'high-contrast dark': (name: ColorName) => tokens[name].modes.highContrastDark,
} as const satisfies Record<string, (name: ColorName) => string>;

const readable: readonly (readonly [ColorName, ColorName])[] = [
  ['lk-color-text', 'lk-color-canvas'],
  ['lk-color-text', 'lk-color-surface-raised'],
  ['lk-color-text', 'lk-color-surface-selected'],
  ['lk-color-text-muted', 'lk-color-canvas'],
  ['lk-color-text-muted', 'lk-color-surface-sunken'],
  ['lk-color-text-muted', 'lk-color-surface-raised'],
  ['lk-color-text-muted', 'lk-color-surface-hover'],
  ['lk-color-text-muted', 'lk-color-surface-selected'],
  ['lk-color-on-accent', 'lk-color-accent'],
  ['lk-color-on-accent', 'lk-color-accent-hover'],
  ['lk-color-accent-text', 'lk-color-accent-soft'],
  ['lk-color-accent-text', 'lk-color-surface'],
  ['lk-color-on-danger', 'lk-color-danger'],
  ['lk-color-on-danger', 'lk-color-danger-hover'],
  ['lk-color-danger-text', 'lk-color-danger-soft'],
  ['lk-color-danger-text', 'lk-color-surface-raised'],
  ['lk-color-warning-text', 'lk-color-warning-soft'],
  ['lk-color-success-text', 'lk-color-success-soft'],
  ['lk-color-neutral-text', 'lk-color-neutral-soft'],
];

const visible: readonly (readonly [ColorName, ColorName])[] = [
  ['lk-color-border-strong', 'lk-color-surface'],
  ['lk-color-border-strong', 'lk-color-canvas'],
  ['lk-color-focus', 'lk-color-canvas'],
  ['lk-color-focus', 'lk-color-surface-raised'],
  ['lk-color-warning-icon', 'lk-color-surface'],
  ['lk-color-warning-icon', 'lk-color-surface-selected'],
  ['lk-color-danger', 'lk-color-surface'],
  ['lk-color-accent', 'lk-color-surface'],
];

describe('the design tokens', () => {
  it('are compiled from the files that are committed', async () => {
    for (const [path, text] of Object.entries(await compileTokens())) {
      expect({ path, text: await readFile(`${root}${path}`, 'utf8') }).toEqual({ path, text });
    }
  });

  describe.each(Object.entries(themes))('in the %s theme', (theme, colour) => {
    // What WCAG asks of AA, and for those who ask for high contrast of AAA.
    const enough = theme.startsWith('high-contrast') ? 7 : 4.5;

    it.each(readable)('keep %s readable on %s', (front, back) => {
      expect(contrast(colour(front), colour(back))).toBeGreaterThanOrEqual(enough);
    });

    it.each(visible)('keep %s visible on %s (3:1)', (front, back) => {
      expect(contrast(colour(front), colour(back))).toBeGreaterThanOrEqual(3);
    });
  });
});
