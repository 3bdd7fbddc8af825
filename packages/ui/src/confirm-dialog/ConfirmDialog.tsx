import { useRef, useState } from 'react';
import type { ReactNode } from 'react';
import * as RadixAlert from 'radix-ui/alert-dialog';
import { Button } from '../button/Button.tsx';
import { Checkbox } from '../checkbox/Checkbox.tsx';
import { DialogBody, DialogFooter, useReturnFocus } from '../dialog/Dialog.tsx';
import type { DialogState } from '../dialog/Dialog.tsx';
import { FormError } from '../dialog/FormError.tsx';
import dialog from '../dialog/Dialog.module.css';
import { cx } from '../internal/cx.ts';
import { useAction } from '../internal/use-action.ts';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';

export interface ConfirmDialogProps extends DialogState {
  readonly title: ReactNode;
  /** What will happen, in a sentence or two. */
  readonly description: ReactNode;
  /** What it will break, who is affected: shown between the words and the buttons. */
  readonly children?: ReactNode;
  readonly confirmLabel: string;
  /** Said on the button while it runs. */
  readonly pendingLabel?: string | undefined;
  readonly cancelLabel?: string | undefined;
  readonly tone?: 'danger' | 'neutral' | undefined;
  /** A box that must be checked before the button can be used. */
  readonly acknowledgement?: string | undefined;
  /** True while it cannot be done; `children` say why. */
  readonly blocked?: boolean | undefined;
  /** A rejection keeps the dialog open and shows its message; success closes it. */
  readonly onConfirm: () => unknown;
}

/**
 * Asks once more before something that matters. First focus is on Cancel, a click outside does
 * nothing, and however often the button is pressed it fires once.
 */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { open, onOpenChange, returnFocusTo, ref, className } = props;
  const focus = useReturnFocus(returnFocusTo);
  const { rootAttributes } = useLatchkey();
  const busy = useRef(false);
  return (
    <RadixAlert.Root
      open={open}
      onOpenChange={(next) => (next || !busy.current) && onOpenChange(next)}
    >
      <RadixAlert.Portal>
        <RadixAlert.Overlay {...rootAttributes} className={dialog.overlay}>
          <RadixAlert.Content
            {...rootAttributes}
            {...(ref && { ref })}
            className={cx(dialog.content, className)}
            data-size="sm"
            onOpenAutoFocus={focus.remember}
            onCloseAutoFocus={focus.giveBack}
          >
            <ConfirmContent {...props} onBusyChange={(next) => (busy.current = next)} />
          </RadixAlert.Content>
        </RadixAlert.Overlay>
      </RadixAlert.Portal>
    </RadixAlert.Root>
  );
}

// Apart, so that what was checked or failed is forgotten when the dialog closes.
function ConfirmContent(
  props: ConfirmDialogProps & { readonly onBusyChange: (busy: boolean) => void },
) {
  const { title, description, children, confirmLabel, pendingLabel, cancelLabel } = props;
  const { tone = 'danger', acknowledgement, blocked = false, onConfirm } = props;
  const { onOpenChange, onBusyChange } = props;
  const { messages } = useLatchkey();
  const [acknowledged, setAcknowledged] = useState(acknowledgement === undefined);
  const action = useAction(async () => {
    onBusyChange(true);
    try {
      await onConfirm();
    } finally {
      onBusyChange(false);
    }
  }, messages.common.unknownError);

  const confirm = async () => {
    const result = await action.run();
    if (result.done) onOpenChange(false);
  };

  return (
    <>
      <header className={dialog.header}>
        <RadixAlert.Title className={dialog.title}>{title}</RadixAlert.Title>
      </header>
      <DialogBody>
        <RadixAlert.Description asChild>
          <div>{description}</div>
        </RadixAlert.Description>
        {children}
        {acknowledgement !== undefined && (
          <Checkbox
            label={acknowledgement}
            checked={acknowledged}
            onCheckedChange={setAcknowledged}
            disabled={action.pending}
          />
        )}
        {action.error && <FormError>{action.error}</FormError>}
      </DialogBody>
      <DialogFooter>
        <RadixAlert.Cancel asChild>
          <Button disabled={action.pending}>{cancelLabel ?? messages.common.cancel}</Button>
        </RadixAlert.Cancel>
        <Button
          variant={tone === 'danger' ? 'danger' : 'primary'}
          disabled={!acknowledged || blocked}
          pending={action.pending}
          onClick={confirm}
        >
          {action.pending ? (pendingLabel ?? messages.confirm.working) : confirmLabel}
        </Button>
      </DialogFooter>
    </>
  );
}
