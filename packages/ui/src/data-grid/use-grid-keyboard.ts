import { useLayoutEffect, useRef } from 'react';
import type { FocusEvent, KeyboardEvent, RefObject } from 'react';

const widgets = 'a[href], button, input, select, textarea, summary';

interface GridKeyboardOptions {
  readonly grid: RefObject<HTMLDivElement | null>;
  readonly rowCount: number;
  /** Brings a row, counted from 0, into the document. */
  readonly scrollToRow: (index: number) => void;
  readonly pageLength: () => number;
  /** Where the focus is; null while it is elsewhere. Kept here for who decides which rows are drawn. */
  readonly focusedRef: RefObject<GridPlace | null>;
}

/** A place in a grid; the header is row -1. */
export interface GridPlace {
  readonly row: number;
  readonly cell: number;
}

/** In a row, the elements that arrows stop at: each widget, or the cell itself where it has none. */
function stopsOf(row: Element): { cell: number; element: HTMLElement }[] {
  return [...row.children].flatMap((child, cell) => {
    const inside = [...child.querySelectorAll<HTMLElement>(widgets)].filter(
      (element) => !element.matches(':disabled'),
    );
    const stops = inside.length > 0 ? inside : child instanceof HTMLElement ? [child] : [];
    return stops
      .filter((element) => element.checkVisibility())
      .map((element) => ({ cell, element }));
  });
}

/** The element of a row that an arrow into this cell stops at; the last where there is none so far. */
function stopIn(row: Element, cell: number): HTMLElement | null {
  const stops = stopsOf(row);
  return (stops.find((stop) => stop.cell >= cell) ?? stops.at(-1))?.element ?? null;
}

/**
 * The keyboard of a grid, after the ARIA practices: one tab stop; arrows between widgets and rows,
 * Home and End within a row, with Ctrl to the first and last row, Page Up and Page Down.
 *
 * The header is row -1. Works on the document rather than on React's state, so that moving about does
 * not draw anything anew.
 */
export function useGridKeyboard(options: GridKeyboardOptions) {
  const { grid, rowCount, scrollToRow, pageLength, focusedRef } = options;
  const active = useRef<HTMLElement | null>(null);
  /** Where the tab stop is, or was before its row went. */
  const activePlace = useRef<GridPlace>({ row: -1, cell: 0 });
  const awaited = useRef<(GridPlace & { readonly fromEnd: boolean }) | null>(null);

  const rowAt = (index: number) =>
    grid.current?.querySelector(index < 0 ? '[data-grid-header]' : `[data-grid-row="${index}"]`) ??
    null;

  const activate = (element: HTMLElement) => {
    if (active.current && active.current !== element) active.current.tabIndex = -1;
    active.current = element;
    element.tabIndex = 0;
  };

  const focusIn = (row: Element, cell: number, fromEnd = false): boolean => {
    const wanted = stopIn(row, fromEnd ? Infinity : cell);
    if (!wanted) return false;
    activate(wanted);
    wanted.focus({ preventScroll: true });
    wanted.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    return true;
  };

  const goToRow = (index: number, cell: number, fromEnd = false) => {
    const target = Math.max(-1, Math.min(rowCount - 1, index));
    const header = rowAt(-1);
    if (target === -1 && (!header || !header.checkVisibility())) return;
    const present = rowAt(target);
    if (target >= 0) scrollToRow(target);
    if (present && focusIn(present, cell, fromEnd)) return;
    awaited.current = { row: target, cell, fromEnd };
  };

  // After every drawing: rows may have come or gone under a virtual scroll.
  useLayoutEffect(() => {
    const root = grid.current;
    if (!root) return;
    for (const element of root.querySelectorAll<HTMLElement>(widgets)) {
      if (element !== active.current && element.tabIndex !== -1) element.tabIndex = -1;
    }
    if (awaited.current) {
      const row = rowAt(awaited.current.row);
      if (row && focusIn(row, awaited.current.cell, awaited.current.fromEnd))
        awaited.current = null;
    }
    // The row that had the focus is gone, such as after a delete: the one in its place has it now.
    const lost = focusedRef.current;
    if (lost && active.current && !active.current.isConnected && rowCount > 0) {
      goToRow(Math.min(Math.max(lost.row, 0), rowCount - 1), lost.cell);
    }
    if (!active.current || !root.contains(active.current)) {
      const { row: index, cell } = activePlace.current;
      const inPlace = rowAt(Math.min(index, rowCount - 1));
      const others = root.querySelectorAll('[data-grid-header], [data-grid-row]');
      const stop = [
        ...(inPlace ? [stopIn(inPlace, cell)] : []),
        ...[...others].map((row) => stopIn(row, 0)),
      ].find((found) => found !== null);
      active.current = null;
      if (stop) activate(stop);
    }
  });

  const onKeyDownCapture = (event: KeyboardEvent<HTMLElement>) => {
    const root = grid.current;
    const target = event.target;
    // Keys pressed in a menu or tooltip arrive here too, through React's tree.
    if (!root || !(target instanceof HTMLElement) || !root.contains(target)) return;
    if (event.altKey || event.metaKey) return;
    const row = target.closest<HTMLElement>('[data-grid-row], [data-grid-header]');
    if (!row) return;
    const index = row.dataset['gridRow'] === undefined ? -1 : Number(row.dataset['gridRow']);
    const stops = stopsOf(row);
    const position = stops.findIndex(
      (stop) => stop.element === target || stop.element.contains(target),
    );
    const cell = stops[position]?.cell ?? 0;
    const rtl = getComputedStyle(root).direction === 'rtl';
    const step = (by: number) => {
      const next = stops[Math.max(0, Math.min(stops.length - 1, position + by))];
      if (!next) return;
      activate(next.element);
      next.element.focus();
    };
    const moves: Record<string, () => void> = {
      ArrowRight: () => step(rtl ? -1 : 1),
      ArrowLeft: () => step(rtl ? 1 : -1),
      ArrowDown: () => goToRow(index + 1, cell),
      ArrowUp: () => goToRow(index - 1, cell),
      PageDown: () => goToRow(index + pageLength(), cell),
      PageUp: () => goToRow(Math.max(0, index - pageLength()), cell),
      Home: () => (event.ctrlKey ? goToRow(0, 0) : focusIn(row, 0)),
      End: () => (event.ctrlKey ? goToRow(rowCount - 1, 0, true) : focusIn(row, 0, true)),
    };
    const move = moves[event.key];
    if (!move) return;
    // Before the widgets see it: an arrow on the kebab goes to the next row, Enter opens its menu.
    event.preventDefault();
    event.stopPropagation();
    move();
  };

  const onFocus = (event: FocusEvent<HTMLElement>) => {
    const target = event.target;
    if (grid.current?.contains(target) && target.closest('[data-grid-row], [data-grid-header]')) {
      activate(target);
      const row = target.closest<HTMLElement>('[data-grid-row]');
      const cell = target.closest('[role="gridcell"], [role="columnheader"]');
      activePlace.current = {
        row: Number(row?.dataset['gridRow'] ?? -1),
        cell: cell?.parentElement ? [...cell.parentElement.children].indexOf(cell) : 0,
      };
      focusedRef.current = activePlace.current;
    }
  };

  // Preact, unlike React, calls this also when it takes the focused row out of the document: nobody has left then.
  const onBlur = ({ target }: FocusEvent<HTMLElement>) => {
    const left = focusedRef.current;
    queueMicrotask(() => {
      if (target.isConnected && focusedRef.current === left) focusedRef.current = null;
    });
  };

  return { onKeyDownCapture, onFocus, onBlur };
}
