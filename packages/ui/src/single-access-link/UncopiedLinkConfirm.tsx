import { ConfirmDialog } from '../confirm-dialog/ConfirmDialog.tsx';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';

/** Asked when a dialog is closed whose link was not copied. */
export function UncopiedLinkConfirm(props: {
  readonly open: boolean;
  readonly onStay: () => void;
  readonly onLeave: () => void;
  /** What the loss means, of another link than a token's. */
  readonly text?: string | undefined;
}) {
  const { messages } = useLatchkey();
  return (
    <ConfirmDialog
      open={props.open}
      onOpenChange={(open) => !open && props.onStay()}
      title={messages.link.uncopiedTitle}
      description={props.text ?? messages.link.uncopiedText}
      cancelLabel={messages.link.uncopiedBack}
      confirmLabel={messages.link.uncopiedClose}
      onConfirm={props.onLeave}
    />
  );
}
