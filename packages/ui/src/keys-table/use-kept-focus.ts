import { useLayoutEffect, useRef } from 'react';
import type { FocusEvent } from 'react';
import { tabStopIn } from './focus.ts';

/**
 * Keeps the focus within an element whose focused part is drawn no more: a table whose last row was
 * deleted gives way to its empty state, and the focus goes to what can be done there; where the table
 * is still there, as when the selection is cleared, to its tab stop.
 */
export function useKeptFocus() {
  const root = useRef<HTMLDivElement>(null);
  const within = useRef(false);
  useLayoutEffect(() => {
    const element = root.current;
    if (!element || !within.current || document.activeElement !== document.body) return;
    const instead =
      tabStopIn(element) ??
      element.querySelector<HTMLElement>('a[href], button:not(:disabled)') ??
      element;
    instead.focus();
  });
  return {
    ref: root,
    tabIndex: -1,
    'data-lk-kept-focus': '',
    onFocus: ({ target }: FocusEvent) => {
      // Dialogs and menus are within in React's tree alone.
      within.current = root.current?.contains(target) ?? false;
    },
    // Preact, unlike React, calls this also when it takes the focused part out of the document: nobody has left then.
    onBlur: ({ target }: FocusEvent) => {
      queueMicrotask(() => {
        if (target.isConnected && !root.current?.contains(document.activeElement)) {
          within.current = false;
        }
      });
    },
  };
}
