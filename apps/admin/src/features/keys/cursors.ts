import type { KeysSearch } from './search.ts';

const lists = new Map<string, Map<number, string>>();

/** Forgets them all, when the person goes. */
export const forgetCursors = () => lists.clear();

/**
 * The cursors of the pages of a list that were walked through, by their numbers: the API tells of the
 * next page alone.
 */
export function walkedCursors(account: string, search: KeysSearch): Map<number, string> {
  const { page: _, cursor: __, ...list } = search;
  const name = JSON.stringify([account, list]);
  const known = lists.get(name) ?? new Map<number, string>();
  lists.set(name, known);
  return known;
}
