import { lazy, Suspense } from 'react';
import { ListFilter } from 'lucide-react';
import type { KeyAttention, KeyStatus, RenewalAlertLevel, RoleRef } from '../api-key/types.ts';
import { keyAttentions } from '../api-key/rules.ts';
import { Button } from '../button/Button.tsx';
import { cx } from '../internal/cx.ts';
import { useControlled } from '../internal/use-controlled.ts';
import type { RootProps } from '../internal/root-props.ts';
import type { Controllable } from '../internal/use-controlled.ts';
import { Select } from '../select/Select.tsx';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';
import styles from './Filters.module.css';

/** What the list is narrowed to; null means all. `role` is the identifier of a role. */
export interface KeyFilters {
  readonly status: KeyStatus | null;
  readonly role: string | null;
  readonly alert: RenewalAlertLevel | null;
  readonly attention: KeyAttention | null;
}

export const noFilters: KeyFilters = {
  status: null,
  role: null,
  alert: null,
  attention: null,
};

/** Whether anything is left out. */
export function isFiltered(filters: KeyFilters): boolean {
  return Object.values(filters).some((value) => value !== null);
}

interface FiltersOptions extends RootProps {
  readonly roles: readonly RoleRef[];
  /** False where the backend cannot tell which keys deserve a second look. */
  readonly allowAttention?: boolean | undefined;
}

export type FiltersProps = FiltersOptions & Controllable<'value', KeyFilters>;

// What finds by typing weighs a good deal, and a handful is seen at a glance.
const RoleCombobox = lazy(async () => ({
  default: (await import('../combobox/Combobox.tsx')).Combobox<string>,
}));

/** From so many roles on, one is found by typing. */
const manyRoles = 6;

/** Narrows the list by status, role, renewal alert, and what deserves a second look. */
export function Filters(props: FiltersProps) {
  const {
    value: given,
    defaultValue,
    onValueChange,
    roles,
    allowAttention = true,
    ...rest
  } = props;
  const { className, ...native } = rest;
  const [value, setValue] = useControlled(given, defaultValue ?? noFilters, onValueChange);
  const { messages } = useLatchkey();
  const words = messages.filters;
  const set = (change: Partial<KeyFilters>) => setValue({ ...value, ...change });
  const byRole = {
    label: words.role,
    hideLabel: true,
    className: styles.filter,
    value: value.role ?? '',
    onValueChange: (role: string) => set({ role: role === '' ? null : role }),
    options: [
      { value: '', label: words.any(words.role) },
      ...roles.map((role) => ({ value: role.id, label: role.name })),
    ],
  };
  return (
    <div
      aria-label={words.label}
      {...native}
      role="group"
      className={cx(styles.filters, className)}
    >
      <ListFilter className={styles.icon} size={16} aria-hidden />
      <Select<KeyStatus | ''>
        label={words.status}
        hideLabel
        className={styles.filter}
        value={value.status ?? ''}
        onValueChange={(status) => set({ status: status === '' ? null : status })}
        options={[
          { value: '', label: words.any(words.status) },
          { value: 'active', label: messages.status.active },
          { value: 'inactive', label: messages.status.inactive },
        ]}
      />
      {roles.length < manyRoles ? (
        <Select<string> {...byRole} />
      ) : (
        <Suspense fallback={<Select<string> {...byRole} />}>
          <RoleCombobox {...byRole} />
        </Suspense>
      )}
      <Select<RenewalAlertLevel | ''>
        label={words.alert}
        hideLabel
        className={styles.filter}
        value={value.alert ?? ''}
        onValueChange={(alert) => set({ alert: alert === '' ? null : alert })}
        options={[
          { value: '', label: words.any(words.alert) },
          { value: 'due', label: words.due },
          { value: 'overdue', label: words.overdue },
          { value: 'none', label: words.none },
        ]}
      />
      {allowAttention && (
        <Select<KeyAttention | ''>
          label={words.attention}
          hideLabel
          className={styles.filter}
          value={value.attention ?? ''}
          onValueChange={(attention) => set({ attention: attention === '' ? null : attention })}
          options={[
            { value: '', label: words.any(words.attention) },
            ...keyAttentions.map((attention) => ({
              value: attention,
              label: words.attentions[attention],
            })),
          ]}
        />
      )}
      {isFiltered(value) && (
        <Button variant="ghost" onClick={() => setValue(noFilters)}>
          {words.clear}
        </Button>
      )}
    </div>
  );
}
