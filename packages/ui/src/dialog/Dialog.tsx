import { useRef } from 'react';
import type { ComponentProps, ReactNode, Ref, RefObject } from 'react';
import * as RadixDialog from 'radix-ui/dialog';
import { X } from 'lucide-react';
import { IconButton } from '../button/IconButton.tsx';
import { cx } from '../internal/cx.ts';
import { mergeRefs } from '../internal/merge-refs.ts';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';
import styles from './Dialog.module.css';

/** Where focus goes when a dialog closes; without it, back to where it came from. */
export type ReturnFocus = (() => HTMLElement | null) | undefined;

/** What every dialog takes. Its owner holds `open`, outside of the row or menu that opened it. */
export interface DialogState {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly returnFocusTo?: ReturnFocus;
  /** The element that the dialog is, while it is open. */
  readonly ref?: Ref<HTMLDivElement> | undefined;
  readonly className?: string | undefined;
}

/** What goes to the root of a dialog that is made of another. */
export function dialogRoot({
  ref,
  className,
}: DialogState): Pick<DialogState, 'ref' | 'className'> {
  return { ref, className };
}

type Native = Omit<ComponentProps<'div'>, keyof DialogState | 'title' | 'children' | 'role'>;

export interface DialogProps extends DialogState, Native {
  readonly title: ReactNode;
  readonly description?: ReactNode;
  /** `DialogBody` and `DialogFooter`, perhaps within a form. */
  readonly children: ReactNode;
  readonly size?: 'sm' | 'md' | 'lg' | undefined;
  /** False for what would be lost: a click outside then does nothing. Escape and Close still ask to close. */
  readonly closeOnOutsideClick?: boolean | undefined;
  /** True while what was asked for is under way: nothing closes it then. */
  readonly busy?: boolean | undefined;
  readonly initialFocus?: RefObject<HTMLElement | null> | undefined;
}

/** Remembers what had the focus when a dialog opened and gives it back when it closes. */
export function useReturnFocus(returnFocusTo: ReturnFocus) {
  const origin = useRef<HTMLElement | null>(null);
  return {
    remember: () => {
      origin.current =
        document.activeElement instanceof HTMLElement ? document.activeElement : null;
    },
    giveBack: (event: Event) => {
      event.preventDefault();
      const before = origin.current;
      const target = before?.isConnected && before !== document.body ? before : null;
      (returnFocusTo?.() ?? target)?.focus();
    },
  };
}

function firstControl(content: HTMLElement | null): HTMLElement | null {
  return (
    content?.querySelector<HTMLElement>(
      ':scope > :not(header) :is(input, textarea, select, button, a[href]):not(:disabled)',
    ) ?? null
  );
}

/**
 * A modal dialog: title, body and footer; focus stays inside, Escape asks to close, and focus returns
 * to where it came from.
 */
export function Dialog(props: DialogProps) {
  const { open, onOpenChange, returnFocusTo, title, description, children, ...rest } = props;
  const { size = 'md', closeOnOutsideClick = true, busy = false, initialFocus, ...root } = rest;
  const { className, ref, ...native } = root;
  const { messages, rootAttributes } = useLatchkey();
  const focus = useReturnFocus(returnFocusTo);
  const content = useRef<HTMLDivElement>(null);
  return (
    <RadixDialog.Root open={open} onOpenChange={(next) => (next || !busy) && onOpenChange(next)}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay {...rootAttributes} className={styles.overlay}>
          <RadixDialog.Content
            {...native}
            ref={mergeRefs(content, ref)}
            {...rootAttributes}
            {...(description ? {} : { 'aria-describedby': undefined })}
            className={cx(styles.content, className)}
            data-size={size}
            onOpenAutoFocus={(event) => {
              focus.remember();
              // Not on Close, which comes first in the document but is what one wants least.
              const first = initialFocus?.current ?? firstControl(content.current);
              if (!first) return;
              event.preventDefault();
              first.focus();
            }}
            onCloseAutoFocus={focus.giveBack}
            onInteractOutside={(event) => {
              if (!closeOnOutsideClick) event.preventDefault();
            }}
          >
            <header className={styles.header}>
              <div className={styles.heading}>
                <RadixDialog.Title className={styles.title}>{title}</RadixDialog.Title>
                {description && (
                  <RadixDialog.Description className={styles.description}>
                    {description}
                  </RadixDialog.Description>
                )}
              </div>
              <IconButton
                label={messages.common.close}
                icon={<X size={18} aria-hidden />}
                disabled={busy}
                onClick={() => onOpenChange(false)}
              />
            </header>
            {children}
          </RadixDialog.Content>
        </RadixDialog.Overlay>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}

/** The part of a dialog that scrolls when it is long. */
export function DialogBody({ className, ...native }: ComponentProps<'div'>) {
  return <div {...native} className={cx(styles.body, className)} />;
}

/** The buttons, at the end; the main one last. */
export function DialogFooter({ className, ...native }: ComponentProps<'footer'>) {
  return <footer {...native} className={cx(styles.footer, className)} />;
}

/** A form that spans body and footer of a dialog. */
export function DialogForm({ className, ...native }: ComponentProps<'form'>) {
  return <form noValidate {...native} className={cx(styles.form, className)} />;
}
