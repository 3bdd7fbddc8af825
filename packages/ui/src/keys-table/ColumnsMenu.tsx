import * as RadixMenu from 'radix-ui/dropdown-menu';
import { Check, Columns3 } from 'lucide-react';
import { Button } from '../button/Button.tsx';
import menu from '../kebab-menu/KebabMenu.module.css';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';
import type { KeysColumn } from './KeysTable.tsx';

export interface ColumnsMenuProps {
  readonly hiddenColumns: readonly KeysColumn[];
  readonly onHiddenColumnsChange: (hidden: readonly KeysColumn[]) => void;
}

const hideable = ['roles', 'createdAt', 'lastUsedAt', 'status'] as const;

/** Chooses which columns are shown. It stays open while boxes are checked. */
export function ColumnsMenu({ hiddenColumns, onHiddenColumnsChange }: ColumnsMenuProps) {
  const { messages, rootAttributes } = useLatchkey();
  const words = messages.table;
  const labels = {
    roles: words.roles,
    createdAt: words.created,
    lastUsedAt: words.lastUsed,
    status: words.status,
  } as const satisfies Record<KeysColumn, string>;
  return (
    <RadixMenu.Root modal={false}>
      <RadixMenu.Trigger asChild>
        <Button icon={<Columns3 size={16} aria-hidden />}>{words.columns}</Button>
      </RadixMenu.Trigger>
      <RadixMenu.Portal>
        <RadixMenu.Content {...rootAttributes} className={menu.content} align="end" sideOffset={4}>
          {hideable.map((column) => {
            const shown = !hiddenColumns.includes(column);
            return (
              <RadixMenu.CheckboxItem
                key={column}
                className={menu.item}
                checked={shown}
                onSelect={(event) => event.preventDefault()}
                onCheckedChange={() =>
                  onHiddenColumnsChange(
                    shown
                      ? [...hiddenColumns, column]
                      : hiddenColumns.filter((other) => other !== column),
                  )
                }
              >
                <span className={menu.check}>{shown && <Check size={16} aria-hidden />}</span>
                {labels[column]}
              </RadixMenu.CheckboxItem>
            );
          })}
        </RadixMenu.Content>
      </RadixMenu.Portal>
    </RadixMenu.Root>
  );
}
