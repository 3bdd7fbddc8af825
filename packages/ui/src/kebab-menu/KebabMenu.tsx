import { Fragment, useRef } from 'react';
import type { ComponentProps, ReactNode, Ref } from 'react';
import * as RadixMenu from 'radix-ui/dropdown-menu';
import { EllipsisVertical } from 'lucide-react';
import { IconButton } from '../button/IconButton.tsx';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';
import styles from './KebabMenu.module.css';

export interface MenuItem<Action extends string = string> {
  readonly id: Action;
  readonly label: string;
  readonly icon?: ReactNode;
  readonly tone?: 'danger' | undefined;
  readonly disabled?: boolean | undefined;
  /** Why it cannot be used now; shown below the label, so that nobody has to guess. */
  readonly reason?: string | undefined;
  /** A line above this item. */
  readonly separated?: boolean | undefined;
}

export interface MenuProps<Action extends string> {
  readonly items: readonly MenuItem<Action>[];
  /**
   * Called once the menu is gone and focus is back on its button, so that a dialog opened here lives
   * outside of the menu and gives focus back to the button.
   */
  readonly onAction: (action: Action) => void;
  /** The button that opens it; takes a ref. */
  readonly trigger: ReactNode;
  readonly align?: 'start' | 'end' | undefined;
}

/** A menu on any button. Typing jumps to the item that begins so. */
export function Menu<Action extends string>(props: MenuProps<Action>) {
  const { items, onAction, trigger, align = 'end' } = props;
  const { rootAttributes } = useLatchkey();
  const chosen = useRef<Action | null>(null);
  const triggerRef = useRef<HTMLButtonElement | null>(null);
  return (
    <RadixMenu.Root modal={false}>
      <RadixMenu.Trigger asChild ref={triggerRef}>
        {trigger}
      </RadixMenu.Trigger>
      <RadixMenu.Portal>
        <RadixMenu.Content
          {...rootAttributes}
          className={styles.content}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          onCloseAutoFocus={(event) => {
            const action = chosen.current;
            chosen.current = null;
            if (action === null) return;
            event.preventDefault();
            triggerRef.current?.focus();
            onAction(action);
          }}
        >
          {items.map((item) => (
            <Fragment key={item.id}>
              {item.separated && <RadixMenu.Separator className={styles.separator} />}
              <RadixMenu.Item
                className={styles.item}
                data-tone={item.tone}
                // Not Radix's `disabled`: that skips the item, and nobody would hear the reason.
                aria-disabled={item.disabled || undefined}
                textValue={item.label}
                onSelect={(event) => {
                  if (item.disabled) event.preventDefault();
                  else chosen.current = item.id;
                }}
              >
                <span className={styles.icon}>{item.icon}</span>
                <span>
                  {item.label}
                  {item.disabled && item.reason && (
                    <span className={styles.reason}>{item.reason}</span>
                  )}
                </span>
              </RadixMenu.Item>
            </Fragment>
          ))}
        </RadixMenu.Content>
      </RadixMenu.Portal>
    </RadixMenu.Root>
  );
}

export interface KebabMenuProps<Action extends string> extends Omit<MenuProps<Action>, 'trigger'> {
  /** Whose actions they are, for screen readers: "Actions for ERP integration". */
  readonly label: string;
  readonly tabIndex?: number | undefined;
  readonly ref?: Ref<HTMLButtonElement>;
  /** Marks the button, so that focus can be given back to it after its row was drawn anew. */
  readonly kebabId?: string | undefined;
}

/** The three dots at the end of a row. */
export function KebabMenu<Action extends string>(props: KebabMenuProps<Action>) {
  const { label, tabIndex, kebabId, ref, ...menu } = props;
  const button: ComponentProps<typeof IconButton> = {
    label,
    icon: <EllipsisVertical size={18} aria-hidden />,
  };
  return (
    <Menu
      {...menu}
      trigger={<IconButton {...button} ref={ref} tabIndex={tabIndex} data-lk-kebab={kebabId} />}
    />
  );
}
