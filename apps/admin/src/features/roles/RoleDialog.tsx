import { useId, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Controller, useForm } from 'react-hook-form';
import {
  Button,
  Checkbox,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogForm,
  Notice,
  TextArea,
  TextField,
  useLatchkey,
} from '@latchkey/ui';
import type { DialogState } from '@latchkey/ui';
import { api } from '../../lib/api.ts';
import type { Role } from '../../lib/api.ts';
import { useSubmit } from '../../lib/form.ts';
import { useSaveOver } from '../../lib/use-save-over.ts';
import { useWords } from '../../lib/words/index.ts';
import { useAccount } from '../shell/account.ts';
import {
  isManagementPermission,
  isPermissionName,
  managementPermissions,
} from './permission-name.ts';
import { permissionsQuery } from './queries.ts';
import styles from './Roles.module.css';

interface RoleDialogProps extends DialogState {
  /** The role to edit; `null` to create one. */
  readonly role: Role | null;
  readonly onSaved: (role: Role) => void;
}

interface RoleValues {
  name: string;
  description: string;
  permissions: string[];
}

/** Creates or edits a role: its name, and what it allows. */
export function RoleDialog({ role, onSaved, ...dialog }: RoleDialogProps) {
  const words = useWords().roles;
  return (
    <Dialog
      {...dialog}
      title={role ? words.editTitle(role.name) : words.createTitle}
      closeOnOutsideClick={false}
    >
      <RoleForm role={role} onSaved={onSaved} onOpenChange={dialog.onOpenChange} />
    </Dialog>
  );
}

function RoleForm({ role, onSaved, onOpenChange }: Omit<RoleDialogProps, 'open'>) {
  const { messages } = useLatchkey();
  const words = useWords().roles;
  const account = useAccount();
  const saveOver = useSaveOver();
  const { control, formState, handleSubmit, register, setError } = useForm<RoleValues>({
    defaultValues: {
      name: role?.name ?? '',
      description: role?.description ?? '',
      permissions: role?.permissions ?? [],
    },
  });
  const { errors, isSubmitting } = formState;
  const { problem, submit } = useSubmit<RoleValues>(
    ['name', 'description', 'permissions'],
    setError,
    async (values) => {
      const input = { account: account.slug, ...values };
      const saved = role
        ? await saveOver(
            role,
            (ifMatch) => api.roles.edit.mutate({ ...input, id: role.id, ifMatch }),
            async () => (await api.roles.list.query({ account: account.slug })).items,
          )
        : await api.roles.create.mutate(input);
      onSaved(saved);
      onOpenChange(false);
    },
  );
  return (
    <DialogForm onSubmit={handleSubmit(submit)}>
      <DialogBody>
        <TextField
          {...register('name', { required: messages.fields.nameRequired })}
          label={words.name}
          required
          error={errors.name?.message}
        />
        <TextArea
          {...register('description')}
          label={words.description}
          optional
          rows={2}
          error={errors.description?.message}
        />
        <Controller
          control={control}
          name="permissions"
          render={({ field }) => (
            <PermissionsField value={field.value} onValueChange={field.onChange} />
          )}
        />
        {role && <Notice tone="info">{words.editNote}</Notice>}
        {problem && (
          <Notice tone="danger" role="alert" title={messages.confirm.failed}>
            {problem}
          </Notice>
        )}
      </DialogBody>
      <DialogFooter>
        <Button disabled={isSubmitting} onClick={() => onOpenChange(false)}>
          {messages.common.cancel}
        </Button>
        <Button type="submit" variant="primary" pending={isSubmitting}>
          {isSubmitting ? messages.common.saving : messages.common.save}
        </Button>
      </DialogFooter>
    </DialogForm>
  );
}

/** The permissions that the account knows, and a field for those that it does not know yet. */
function PermissionsField(props: {
  readonly value: readonly string[];
  readonly onValueChange: (value: readonly string[]) => void;
}) {
  const { value, onValueChange } = props;
  const words = useWords().roles;
  const account = useAccount();
  const id = useId();
  const { data: known = managementPermissions } = useQuery(permissionsQuery(account.slug));
  const [added, setAdded] = useState<readonly string[]>([]);
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState(false);
  const names = [...new Set([...known, ...value, ...added])].sort((a, b) => {
    // The product's own come first: Latchkey's manage Latchkey.
    const own = Number(isManagementPermission(a)) - Number(isManagementPermission(b));
    return own || (a < b ? -1 : 1);
  });

  const add = () => {
    const name = text.trim().toLowerCase();
    setWrong(!isPermissionName(name));
    if (!isPermissionName(name)) return;
    setAdded([...added, name]);
    setText('');
    if (!value.includes(name)) onValueChange([...value, name]);
  };

  return (
    <div role="group" aria-labelledby={id}>
      <div id={id} className={styles.legend}>
        {words.permissions}
      </div>
      <div className={styles.choices}>
        {names.map((name) => {
          const mayGrant = account.owner || account.permissions.includes(name);
          const locked = !mayGrant && !value.includes(name);
          return (
            <Checkbox
              key={name}
              label={<code>{name}</code>}
              description={describePermission(name, locked, words)}
              disabled={locked}
              checked={value.includes(name)}
              onCheckedChange={(on) =>
                onValueChange(on ? [...value, name] : value.filter((other) => other !== name))
              }
            />
          );
        })}
      </div>
      <div className={styles.add}>
        <TextField
          className={styles.field}
          label={words.otherPermission}
          hint={words.permissionHint}
          placeholder="orders.read"
          mono
          spellCheck={false}
          autoCapitalize="none"
          value={text}
          onValueChange={setText}
          error={wrong && words.permissionWrong}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            // The form is not finished with it.
            event.preventDefault();
            add();
          }}
        />
        <Button className={styles.addButton} onClick={add}>
          {words.addPermission}
        </Button>
      </div>
    </div>
  );
}

function describePermission(
  name: string,
  locked: boolean,
  words: ReturnType<typeof useWords>['roles'],
) {
  if (locked) return words.notHeld;
  return isManagementPermission(name) ? words.management[name] : undefined;
}
