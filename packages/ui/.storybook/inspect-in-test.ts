import axe from 'axe-core';
import { expect } from 'vitest';
import { page } from 'vitest/browser';
import type { StoryContext } from '@storybook/react-vite';

async function expectNoViolation(story: StoryContext, theme: string): Promise<void> {
  const { a11y } = story.parameters as { a11y: { options: axe.RunOptions } };
  const { violations } = await axe.run(document.body, a11y.options);
  const found = violations.map(
    (violation) =>
      `${violation.id}: ${violation.nodes.map((node) => node.html.slice(0, 200)).join(' | ')}`,
  );
  expect(found, `axe, ${theme} theme`).toEqual([]);
}

function twoFrames(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
  });
}

async function expectPicture(story: StoryContext, theme: string): Promise<void> {
  if (story.parameters['picture'] === false) return;
  const element = subject(story);
  // What is below the fold is not drawn, and would be a blank in the picture.
  if (element instanceof HTMLElement && element.scrollHeight > window.innerHeight) {
    element.style.maxBlockSize = `${window.innerHeight}px`;
    element.style.overflow = 'hidden';
  }
  await twoFrames();
  await expect.element(page.elementLocator(element)).toMatchScreenshot(`${story.id}-${theme}`);
}

/** What the picture shows: the topmost dialog; all that is in view while a menu is open; else the story. */
function subject(story: StoryContext): Element {
  if (document.querySelector('[data-radix-popper-content-wrapper], [role=listbox]')) {
    return document.body;
  }
  const dialog = [...document.querySelectorAll('[role=dialog], [role=alertdialog]')].at(-1);
  if (dialog) return dialog;
  return story.parameters['layout'] === 'fullscreen' ? document.body : story.canvasElement;
}

export async function inspectInTest(story: StoryContext): Promise<void> {
  // Its page tells how a component is worked without a mouse; what is hidden there has no page.
  const { accessibility } = story.parameters as { accessibility?: readonly unknown[] };
  if (story.tags.includes('autodocs')) expect(accessibility?.length).toBeGreaterThan(0);
  const root = document.documentElement;
  const first = root.dataset['theme'] ?? 'light';
  const themes = first === 'dark' ? ['dark'] : [first, 'dark'];
  for (const theme of themes) {
    root.dataset['theme'] = theme;
    // The other languages, directions and sizes show nothing new in the second theme.
    const varied = Object.keys(story.storyGlobals as object).some(
      (global) => global !== 'contrast' && global !== 'density',
    );
    if (theme === first || !varied) await expectPicture(story, theme);
    await expectNoViolation(story, theme);
  }
  root.dataset['theme'] = first;
}
