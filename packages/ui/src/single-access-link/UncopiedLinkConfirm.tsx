import { ConfirmDialog } from '../confirm-dialog/ConfirmDialog.tsx';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';

/** Asked when a dialog is closed whose link was not copied. */
export function UncopiedLinkConfirm(props: {
  readonly open: boolean;
  readonly onStay: () => void;
  readonly onLeave: () => void;
}) {
  const { messages } = useLatchkey();
  return (
    <ConfirmDialog
      open={props.open}
      onOpenChange={(open) => !open && props.onStay()}
      title={messages.link.uncopiedTitle}
      description={messages.link.uncopiedText}
      cancelLabel={messages.link.uncopiedBack}
      confirmLabel={messages.link.uncopiedClose}
      onConfirm={props.onLeave}
    />
  );
}
