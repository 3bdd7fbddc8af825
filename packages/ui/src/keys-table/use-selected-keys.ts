import { useCallback, useState } from 'react';

/** The selected keys of a list that comes in pages. */
export interface SelectedKeys<Key> {
  readonly selectedIds: readonly string[];
  /** As they were last seen, those on other pages among them. */
  readonly selectedKeys: readonly Key[];
  /** To be given to `KeysTable` together with `selectedIds`. */
  readonly onSelectedIdsChange: (ids: readonly string[]) => void;
  /** Takes some out of the selection: what is done with them is done. */
  readonly deselect: (ids: readonly string[]) => void;
}

/**
 * Remembers which keys are selected while the list goes on to other pages.
 *
 * @param shown the page that is shown now
 */
export function useSelectedKeys<Key extends { readonly id: string }>(
  shown: readonly Key[],
): SelectedKeys<Key> {
  const [selected, setSelected] = useState<readonly Key[]>([]);
  const known = new Map([...selected, ...shown].map((key) => [key.id, key]));
  const deselect = useCallback((ids: readonly string[]) => {
    setSelected((before) => before.filter(({ id }) => !ids.includes(id)));
  }, []);
  return {
    selectedIds: selected.map(({ id }) => id),
    selectedKeys: selected.map((key) => known.get(key.id) ?? key),
    onSelectedIdsChange: (ids) => setSelected(ids.flatMap((id) => known.get(id) ?? [])),
    deselect,
  };
}
