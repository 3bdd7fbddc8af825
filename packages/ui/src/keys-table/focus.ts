/**
 * The kebab of a key wherever it is drawn now; when its row is gone, the table's own tab stop, and when
 * that was the last, what can be done in its place.
 */
export function focusKebab(keyId: string): HTMLElement | null {
  return (
    document.querySelector<HTMLElement>(`[data-lk-kebab="${CSS.escape(keyId)}"]`) ??
    document.querySelector<HTMLElement>('[role="grid"] [tabindex="0"]') ??
    document.querySelector<HTMLElement>('[data-lk-kept-focus] :is(a[href], button:not(:disabled))')
  );
}
