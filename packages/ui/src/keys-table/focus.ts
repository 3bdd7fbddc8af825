/** The tab stop of a table, within an element or anywhere. */
export function tabStopIn(root: ParentNode): HTMLElement | null {
  return root.querySelector<HTMLElement>('[role="grid"] [tabindex="0"]');
}

/** The bulk action that was pressed; when its bar is gone, the tab stop of the table. */
export function focusAfterBulk(pressed: HTMLElement): HTMLElement | null {
  return pressed.isConnected ? pressed : tabStopIn(document);
}

/**
 * The kebab of a key wherever it is drawn now; when its row is gone, the table's own tab stop, and when
 * that was the last, what can be done in its place.
 */
export function focusKebab(keyId: string): HTMLElement | null {
  return (
    document.querySelector<HTMLElement>(`[data-lk-kebab="${CSS.escape(keyId)}"]`) ??
    tabStopIn(document) ??
    document.querySelector<HTMLElement>('[data-lk-kept-focus] :is(a[href], button:not(:disabled))')
  );
}
