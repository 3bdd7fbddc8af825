import { useRef, useState } from 'react';
import { isUndelivered, tokenOf } from '../api-key/rules.ts';
import type { ApiKey, IssuedKey, KeyCalls, RenewalCompletion } from '../api-key/types.ts';
import { Button } from '../button/Button.tsx';
import { Dialog, DialogBody, DialogFooter, dialogRoot } from '../dialog/Dialog.tsx';
import type { DialogState } from '../dialog/Dialog.tsx';
import { FormError } from '../dialog/FormError.tsx';
import { useAction } from '../internal/use-action.ts';
import type { Action } from '../internal/use-action.ts';
import { Notice } from '../notice/Notice.tsx';
import { SingleAccessLink } from '../single-access-link/SingleAccessLink.tsx';
import { UncopiedLinkConfirm } from '../single-access-link/UncopiedLinkConfirm.tsx';
import { useLinkGuard } from '../single-access-link/use-link-guard.ts';
import { UsageImpact } from '../usage-impact/UsageImpact.tsx';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';
import { CompletionChoice, useCompletionProblem } from './CompletionChoice.tsx';
import type { CompletionDraft } from './CompletionChoice.tsx';

export interface RenewTokenDialogProps extends DialogState {
  readonly apiKey: Pick<ApiKey, 'name' | 'link' | 'tokens'>;
  /** Renews at once; from then on both tokens work. A rejection shows its message. */
  readonly onRenew: () => Promise<IssuedKey>;
  /** Applies what was chosen for the old token; not called for `later`, which is how things are. */
  readonly onComplete: (completion: Exclude<RenewalCompletion, { when: 'later' }>) => unknown;
  /** False where a renewal cannot be completed at a set time. */
  readonly allowSchedule?: boolean | undefined;
  readonly onLinkCopied?: (() => void) | undefined;
  /** The calls of the token that becomes the old one, where they are known. */
  readonly calls?: KeyCalls | 'loading' | undefined;
}

/**
 * Renews a token: asks, shows the link once, then asks when the old token is to go (Later is the
 * default, also when the dialog is just closed).
 *
 * Own it above the list: a refreshed list must not draw it anew, or the link is lost.
 */
export function RenewTokenDialog(props: RenewTokenDialogProps) {
  const { open, onOpenChange, returnFocusTo, apiKey, onLinkCopied } = props;
  const { messages } = useLatchkey();
  const words = messages.renew;
  const [issued, setIssued] = useState<IssuedKey | null>(null);
  const [copied, setCopied] = useState(false);
  const action = useAction(props.onRenew, messages.common.unknownError);
  const uncopied = open && issued !== null && !copied;
  const guard = useLinkGuard(action.pending ? 'coming' : uncopied ? 'uncopied' : 'nothing', () => {
    setIssued(null);
    setCopied(false);
    action.reset();
    onOpenChange(false);
  });
  return (
    <>
      <Dialog
        {...dialogRoot(props)}
        open={open}
        onOpenChange={(next) => (next ? onOpenChange(true) : guard.requestClose())}
        returnFocusTo={returnFocusTo}
        title={issued ? words.doneTitle : words.title(apiKey.name)}
        description={issued?.key.name}
        closeOnOutsideClick={false}
        busy={action.pending}
      >
        {issued ? (
          <RenewedStep
            {...props}
            issued={issued}
            copied={copied}
            onCopied={() => {
              setCopied(true);
              onLinkCopied?.();
            }}
            onClose={guard.requestClose}
          />
        ) : (
          <RenewStep
            apiKey={apiKey}
            action={action}
            onIssued={setIssued}
            onCancel={guard.requestClose}
          />
        )}
      </Dialog>
      <UncopiedLinkConfirm open={guard.asking} onStay={guard.stay} onLeave={guard.leave} />
    </>
  );
}

function RenewStep(
  props: Pick<RenewTokenDialogProps, 'apiKey'> & {
    readonly action: Action<[], IssuedKey>;
    readonly onIssued: (issued: IssuedKey) => void;
    readonly onCancel: () => void;
  },
) {
  const { apiKey, action, onIssued, onCancel } = props;
  const { messages } = useLatchkey();
  const words = messages.renew;
  return (
    <>
      <DialogBody>
        <p>{isUndelivered(apiKey) ? words.undelivered : words.text}</p>
        {action.error && <FormError>{action.error}</FormError>}
      </DialogBody>
      <DialogFooter>
        <Button disabled={action.pending} onClick={onCancel}>
          {messages.common.cancel}
        </Button>
        <Button
          variant="primary"
          pending={action.pending}
          onClick={async () => {
            const result = await action.run();
            if (result.done) onIssued(result.value);
          }}
        >
          {action.pending ? words.pending : words.confirm}
        </Button>
      </DialogFooter>
    </>
  );
}

function completionOf(
  draft: CompletionDraft,
): Exclude<RenewalCompletion, { when: 'later' }> | null {
  if (draft.when === 'now') return { when: 'now' };
  if (draft.when === 'at' && draft.completeAt !== null) {
    return { when: 'at', completeAt: draft.completeAt };
  }
  return null;
}

function RenewedStep(
  props: RenewTokenDialogProps & {
    readonly issued: IssuedKey;
    readonly copied: boolean;
    readonly onCopied: () => void;
    readonly onClose: () => void;
  },
) {
  const { issued, onComplete, allowSchedule = true, calls, copied, onCopied, onClose } = props;
  const { messages, format } = useLatchkey();
  const words = messages.renew;
  const oldUsedAt = tokenOf(issued.key, 'old')?.lastUsedAt ?? null;
  const [draft, setDraft] = useState<CompletionDraft>({ when: 'later', completeAt: null });
  const [tried, setTried] = useState(false);
  const timeInput = useRef<HTMLInputElement>(null);
  const problem = useCompletionProblem(draft);
  const action = useAction(onComplete, messages.common.unknownError);
  const [applied, setApplied] = useState(false);
  // Without the old token an uncopied link is the only way in.
  const copyFirst = draft.when === 'now' && !copied;
  // Without an old token (the former one was never delivered) there is nothing to choose.
  const choose = issued.key.renewal !== null && !applied;

  const complete = async () => {
    setTried(true);
    if (problem) timeInput.current?.focus();
    if (problem || copyFirst) return;
    const completion = completionOf(draft);
    if (completion) {
      const result = await action.run(completion);
      if (!result.done) return;
      setApplied(true);
    }
    onClose();
  };

  return (
    <>
      <DialogBody>
        <SingleAccessLink link={issued.link} onCopied={onCopied} />
        {choose && (
          <CompletionChoice
            value={draft}
            onValueChange={setDraft}
            options={allowSchedule ? ['later', 'now', 'at'] : ['later', 'now']}
            error={tried && problem}
            disabled={action.pending}
            timeRef={timeInput}
          />
        )}
        {choose && draft.when !== 'later' && (
          <UsageImpact
            lastUsedAt={oldUsedAt}
            calls={calls}
            warning={
              draft.when === 'now' && oldUsedAt !== null
                ? messages.deleteOldToken.recent(format.relative(oldUsedAt))
                : messages.schedule.inUse
            }
          />
        )}
        {tried && copyFirst && (
          <Notice tone="warning" role="alert" title={words.copyFirst}>
            {words.copyFirstText}
          </Notice>
        )}
        {action.error && <FormError>{action.error}</FormError>}
      </DialogBody>
      <DialogFooter>
        {choose ? (
          <Button variant="primary" pending={action.pending} onClick={complete}>
            {action.pending ? words.completing : words.complete}
          </Button>
        ) : (
          <Button onClick={onClose}>{messages.common.close}</Button>
        )}
      </DialogFooter>
    </>
  );
}
