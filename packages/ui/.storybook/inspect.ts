import type { StoryContext } from '@storybook/react-vite';

/**
 * After each story's play function, in tests only: compares the story with its committed picture and
 * runs axe, in both themes. (The a11y addon has looked at the first theme already.)
 */
export async function inspect(context: StoryContext): Promise<void> {
  if (!('__vitest_browser__' in globalThis)) return;
  const { inspectInTest } = await import('./inspect-in-test.ts');
  await inspectInTest(context);
}
