import { useId } from 'react';
import { Controller, useForm } from 'react-hook-form';
import {
  Button,
  Checkbox,
  DialogBody,
  DialogFooter,
  DialogForm,
  Notice,
  TextField,
  useLatchkey,
} from '@latchkey/ui';
import type { Webhook } from '../../lib/api.ts';
import { useSubmit } from '../../lib/form.ts';
import { useWords } from '../../lib/words/index.ts';
import { useAccount } from '../shell/account.ts';
import { eventTypes } from './event-types.ts';
import type { EventType } from './event-types.ts';
import styles from './Webhooks.module.css';

export interface WebhookValues {
  url: string;
  description: string;
  types: readonly EventType[];
}

/** Where a webhook leads and what it is told of. @param webhook the one to edit; `null` for a new one */
export function WebhookForm(props: {
  readonly webhook: Webhook | null;
  readonly onSend: (values: WebhookValues) => Promise<void>;
  readonly onClose: () => void;
}) {
  const { webhook, onSend, onClose } = props;
  const words = useWords().webhooks;
  const { messages } = useLatchkey();
  const { control, formState, handleSubmit, register, setError } = useForm<WebhookValues>({
    defaultValues: {
      url: webhook?.url ?? '',
      description: webhook?.description ?? '',
      types: webhook?.types ?? [],
    },
  });
  const { errors, isSubmitting } = formState;
  const { problem, submit } = useSubmit<WebhookValues>(
    ['url', 'description', 'types'],
    setError,
    onSend,
  );
  return (
    <DialogForm onSubmit={handleSubmit(submit)}>
      <DialogBody>
        <TextField
          {...register('url', { required: words.urlRequired })}
          label={words.url}
          hint={words.urlHint}
          placeholder="https://hooks.example.com/latchkey"
          type="url"
          dir="ltr"
          spellCheck={false}
          required
          error={errors.url?.message}
        />
        <TextField
          {...register('description')}
          label={words.description}
          optional
          error={errors.description?.message}
        />
        <Controller
          control={control}
          name="types"
          rules={{ validate: (types) => types.length > 0 || words.typesRequired }}
          render={({ field, fieldState }) => (
            <TypesField
              value={field.value}
              onValueChange={field.onChange}
              error={fieldState.error?.message}
            />
          )}
        />
        {problem && (
          <Notice tone="danger" role="alert" title={messages.confirm.failed}>
            {problem}
          </Notice>
        )}
      </DialogBody>
      <DialogFooter>
        <Button disabled={isSubmitting} onClick={onClose}>
          {messages.common.cancel}
        </Button>
        <Button type="submit" variant="primary" pending={isSubmitting}>
          {isSubmitting ? messages.common.saving : messages.common.save}
        </Button>
      </DialogFooter>
    </DialogForm>
  );
}

function TypesField(props: {
  readonly value: readonly EventType[];
  readonly onValueChange: (value: readonly EventType[]) => void;
  readonly error: string | undefined;
}) {
  const { value, onValueChange, error } = props;
  const words = useWords().webhooks;
  const account = useAccount();
  const id = useId();
  return (
    <div role="group" aria-labelledby={id} aria-describedby={error && `${id}-error`}>
      <div id={id} className={styles.legend}>
        {words.types}
      </div>
      <div className={styles.choices}>
        {(Object.keys(eventTypes) as EventType[]).map((type) => {
          const locked = !account.can(eventTypes[type]) && !value.includes(type);
          return (
            <Checkbox
              key={type}
              label={words.events[type]}
              description={locked ? words.notHeld : undefined}
              disabled={locked}
              checked={value.includes(type)}
              onCheckedChange={(on) =>
                onValueChange(on ? [...value, type] : value.filter((other) => other !== type))
              }
            />
          );
        })}
      </div>
      {error && (
        <p id={`${id}-error`} role="alert" className={styles.error}>
          {error}
        </p>
      )}
    </div>
  );
}
