import type { StoryContext } from '@storybook/react-vite';

const inTest = '__vitest_browser__' in globalThis;

/**
 * Before each story is drawn: every font is there. One that came while a play function runs would move
 * what is being clicked, and leave the scroll of a list where the other font had put it.
 */
export async function prepare(): Promise<void> {
  await Promise.all(Array.from(document.fonts, (font) => font.load()));
  await document.fonts.ready;
  if (inTest) document.documentElement.dataset['still'] = '';
}

/**
 * After each story's play function, in tests only: compares the story with its committed picture and
 * runs axe, in both themes.
 */
export async function inspect(context: StoryContext): Promise<void> {
  if (!inTest) return;
  const { inspectInTest } = await import('./inspect-in-test.ts');
  await inspectInTest(context);
}

/** The addon's own axe, which looks at one theme only, runs in the browser and not a second time in tests. */
export const a11yGlobals = { manual: inTest };
