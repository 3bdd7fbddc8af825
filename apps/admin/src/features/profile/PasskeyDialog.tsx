import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useQuery } from '@tanstack/react-query';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogForm,
  Notice,
  TextField,
  useLatchkey,
  useToast,
} from '@latchkey/ui';
import type { DialogState } from '@latchkey/ui';
import { api } from '../../lib/api.ts';
import type { Passkey } from '../../lib/api.ts';
import { describeField, readFailure } from '../../lib/failure.ts';
import { useSubmit } from '../../lib/form.ts';
import { useWords } from '../../lib/words/index.ts';
import type { Words } from '../../lib/words/index.ts';
import { makePasskey } from '../session/passkeys.ts';
import { ProofForm } from './ProofForm.tsx';
import type { ProofKind } from './ProofField.tsx';
import { sessionsQuery } from './queries.ts';
import { RecoveryCodesDialog } from './RecoveryCodesDialog.tsx';
import { useDeviceName } from './use-device-name.ts';

/** What a person wants of their passkeys. */
export type PasskeyTask =
  | { readonly name: 'add' }
  | { readonly name: 'rename' | 'remove'; readonly passkey: Passkey };

interface PasskeyDialogProps extends DialogState {
  readonly task: PasskeyTask;
  readonly proof: ProofKind;
  /** Whether it is the last factor: nothing but the password is asked for without it. */
  readonly isLast: boolean;
  /** Told when something has changed. */
  readonly onChanged: () => void;
}

/** Adds, renames or removes a passkey. */
export function PasskeyDialog({ task, ...props }: PasskeyDialogProps) {
  if (task.name === 'add') return <AddDialog {...props} />;
  const { passkey } = task;
  return task.name === 'rename' ? (
    <RenameDialog {...props} passkey={passkey} />
  ) : (
    <RemoveDialog {...props} passkey={passkey} />
  );
}

/** What is wrong with a name; `null` when something else failed. */
function nameFault(error: unknown, words: Words): string | null {
  const found = readFailure(error).fields.find(({ path }) => path === 'name');
  return found ? describeField(found.message, words) : null;
}

/** What this device is called, to begin with. */
function useSuggestedName(): string {
  const describe = useDeviceName();
  const current = useQuery(sessionsQuery).data?.find((session) => session.current);
  return current ? describe(current).slice(0, 100) : '';
}

function AddDialog(props: Omit<PasskeyDialogProps, 'task'>) {
  const { proof, isLast: _, onChanged, ...dialog } = props;
  const allWords = useWords();
  const words = allWords.profile.passkeys;
  const toast = useToast();
  const suggested = useSuggestedName();
  const [typed, setTyped] = useState<string | null>(null);
  const [wrong, setWrong] = useState<string | undefined>(undefined);
  const name = typed ?? suggested;
  return (
    <RecoveryCodesDialog
      {...dialog}
      title={words.addTitle}
      description={words.addText}
      onChanged={onChanged}
    >
      {({ show, cancel }) => (
        <ProofForm
          kind={proof}
          label={words.goOn}
          onProven={async (given) => {
            setWrong(undefined);
            if (name.trim() === '') {
              setWrong(allWords.fieldRules.required());
              return;
            }
            const { options, ticket } = await api.passkeys.begin.mutate(given);
            const credential = await makePasskey(options);
            try {
              const { recoveryCodes } = await show(
                api.passkeys.add.mutate({ ticket, name, credential }),
              );
              // What shows the codes says it all, and nothing is to lie over it.
              if (recoveryCodes.length > 0) return;
              toast({ title: words.added, description: words.addedText });
              dialog.onOpenChange(false);
            } catch (error) {
              const fault = nameFault(error, allWords);
              if (fault === null) throw error;
              setWrong(fault);
            }
          }}
          onCancel={cancel}
        >
          <TextField
            label={words.name}
            hint={words.nameHint}
            value={name}
            onValueChange={setTyped}
            error={wrong}
            maxLength={100}
            autoComplete="off"
            required
          />
        </ProofForm>
      )}
    </RecoveryCodesDialog>
  );
}

interface OnePasskey extends Omit<PasskeyDialogProps, 'task'> {
  readonly passkey: Passkey;
}

function RenameDialog({ passkey, onChanged, open, onOpenChange }: OnePasskey) {
  const allWords = useWords();
  const words = allWords.profile.passkeys;
  const { messages } = useLatchkey();
  const toast = useToast();
  const { formState, handleSubmit, register, setError } = useForm({
    defaultValues: { name: passkey.name },
  });
  const { errors, isSubmitting } = formState;
  const { problem, submit } = useSubmit<{ name: string }>(['name'], setError, async ({ name }) => {
    await api.passkeys.rename.mutate({ id: passkey.id, name });
    onChanged();
    toast({ title: words.renamed });
    onOpenChange(false);
  });
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={words.renameTitle} size="sm">
      <DialogForm onSubmit={handleSubmit(submit)}>
        <DialogBody>
          <TextField
            {...register('name', { required: allWords.fieldRules.required() })}
            label={words.name}
            maxLength={100}
            autoComplete="off"
            required
            error={errors.name?.message}
          />
          {problem && (
            <Notice tone="danger" role="alert">
              {problem}
            </Notice>
          )}
        </DialogBody>
        <DialogFooter>
          <Button disabled={isSubmitting} onClick={() => onOpenChange(false)}>
            {messages.common.cancel}
          </Button>
          <Button type="submit" variant="primary" pending={isSubmitting}>
            {messages.common.save}
          </Button>
        </DialogFooter>
      </DialogForm>
    </Dialog>
  );
}

function RemoveDialog(props: OnePasskey) {
  const { passkey, proof, isLast, onChanged, open, onOpenChange } = props;
  const words = useWords().profile.passkeys;
  const toast = useToast();
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={words.removeTitle}
      description={words.removeText(passkey.name)}
      size="sm"
      closeOnOutsideClick={false}
    >
      <ProofForm
        kind={proof}
        label={words.remove}
        tone="danger"
        onProven={async (given) => {
          await api.passkeys.remove.mutate({ id: passkey.id, ...given });
          onChanged();
          toast({ title: words.removed });
          onOpenChange(false);
        }}
        onCancel={() => onOpenChange(false)}
      >
        {isLast && <Notice tone="warning">{words.removeLastText}</Notice>}
      </ProofForm>
    </Dialog>
  );
}
