/** The kebab of a key wherever it is drawn now; the table's own tab stop when its row is gone. */
export function focusKebab(keyId: string): HTMLElement | null {
  return (
    document.querySelector<HTMLElement>(`[data-lk-kebab="${CSS.escape(keyId)}"]`) ??
    document.querySelector<HTMLElement>('[role="grid"] [tabindex="0"]')
  );
}
