import { useLayoutEffect, useRef } from 'react';
import type { ComponentProps } from 'react';
import { mergeRefs } from '../internal/merge-refs.ts';
import { tabStopIn } from './focus.ts';

/**
 * Keeps the focus within an element whose focused part is drawn no more: a table whose last row was
 * deleted gives way to its empty state, and the focus goes to what can be done there; where the table
 * is still there, as when the selection is cleared, to its tab stop.
 */
export function KeptFocus({ ref, onFocus, onBlur, ...native }: ComponentProps<'div'>) {
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
  return (
    <div
      {...native}
      ref={mergeRefs(root, ref)}
      tabIndex={-1}
      data-lk-kept-focus=""
      onFocus={(event) => {
        onFocus?.(event);
        // Dialogs and menus are within in React's tree alone.
        within.current = root.current?.contains(event.target) ?? false;
      }}
      // Preact, unlike React, calls this also when it takes the focused part out of the document: nobody has left then.
      onBlur={(event) => {
        onBlur?.(event);
        const { target } = event;
        queueMicrotask(() => {
          if (target.isConnected && !root.current?.contains(document.activeElement)) {
            within.current = false;
          }
        });
      }}
    />
  );
}
