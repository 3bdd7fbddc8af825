/** The kebab button of a row, wherever it is drawn now; `null` when its row is gone. */
export function focusKebab(id: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-lk-kebab="${CSS.escape(id)}"]`);
}
