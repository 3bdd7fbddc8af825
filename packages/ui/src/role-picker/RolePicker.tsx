import { useId, useMemo, useState } from 'react';
import { Search, ShieldAlert } from 'lucide-react';
import { isBroadRole } from '../api-key/rules.ts';
import type { RoleOption } from '../api-key/types.ts';
import { Badge } from '../badge/Badge.tsx';
import { Checkbox } from '../checkbox/Checkbox.tsx';
import { cx } from '../internal/cx.ts';
import type { RootProps } from '../internal/root-props.ts';
import { useControlled } from '../internal/use-controlled.ts';
import type { Controllable } from '../internal/use-controlled.ts';
import { Notice } from '../notice/Notice.tsx';
import { TextField } from '../text-field/TextField.tsx';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';
import { Permissions } from './Permissions.tsx';
import styles from './RolePicker.module.css';

interface RolePickerOptions extends RootProps {
  readonly roles: readonly RoleOption[];
  readonly label?: string | undefined;
  readonly disabled?: boolean | undefined;
}

/** Holds the identifiers of the chosen roles. */
export type RolePickerProps = RolePickerOptions & Controllable<'value', readonly string[]>;

// Below this many a search only costs room.
const searchFrom = 7;

/**
 * Chooses roles: search by name or permission, grouped, each with what it allows, and a warning once a
 * broad one is chosen.
 */
export function RolePicker(props: RolePickerProps) {
  const { roles, disabled = false, value, defaultValue, onValueChange, ...rest } = props;
  const { messages, format } = useLatchkey();
  const { label = messages.roles.label, className, ...native } = rest;
  const [chosen, setChosen] = useControlled(value, defaultValue ?? [], onValueChange);
  const [search, setSearch] = useState('');
  const id = useId();

  const groups = useMemo(() => {
    const wanted = search.trim().toLocaleLowerCase();
    const matches = roles.filter((role) =>
      [role.name, role.description ?? '', ...role.permissions].some((text) =>
        text.toLocaleLowerCase().includes(wanted),
      ),
    );
    return Map.groupBy(
      matches,
      (role) => role.group ?? (role.predefined ? messages.roles.predefined : messages.roles.custom),
    );
  }, [roles, search, messages]);

  const broad = roles.filter((role) => chosen.includes(role.id) && isBroadRole(role));

  const toggle = (role: RoleOption, on: boolean) => {
    setChosen(on ? [...chosen, role.id] : chosen.filter((other) => other !== role.id));
  };

  return (
    <div aria-labelledby={id} {...native} className={cx(styles.picker, className)} role="group">
      <div className={styles.top}>
        <span id={id} className={styles.label}>
          {label}
        </span>
        <span className={styles.count} role="status">
          {chosen.length > 0 && messages.common.selected(chosen.length)}
        </span>
      </div>
      {roles.length >= searchFrom && (
        <TextField
          label={messages.roles.search}
          hideLabel
          type="search"
          placeholder={messages.roles.searchPlaceholder}
          prefix={<Search size={16} aria-hidden />}
          value={search}
          onValueChange={setSearch}
        />
      )}
      {roles.length === 0 && <p className={styles.nothing}>{messages.roles.none}</p>}
      {roles.length > 0 && (
        <div className={styles.list}>
          {groups.size === 0 && <p className={styles.nothing}>{messages.roles.noResult}</p>}
          {[...groups].map(([group, members]) => (
            <div key={group} role="group" aria-label={group}>
              {(groups.size > 1 || members.length < roles.length) && (
                <div className={styles.group} aria-hidden>
                  {group}
                </div>
              )}
              {members.map((role) => (
                <Role
                  key={role.id}
                  role={role}
                  checked={chosen.includes(role.id)}
                  disabled={disabled}
                  onCheckedChange={(on) => toggle(role, on)}
                />
              ))}
            </div>
          ))}
        </div>
      )}
      <div aria-live="polite">
        {broad.length > 0 && (
          <Notice tone="warning">
            {messages.roles.broadWarning(format.list(broad.map((role) => role.name)))}
          </Notice>
        )}
      </div>
    </div>
  );
}

function Role(props: {
  readonly role: RoleOption;
  readonly checked: boolean;
  readonly disabled: boolean;
  readonly onCheckedChange: (on: boolean) => void;
}) {
  const { role, checked, disabled, onCheckedChange } = props;
  const { messages } = useLatchkey();
  // What is held already can be taken away, also by who could not grant it.
  const locked = role.grantable === false && !checked;
  return (
    <div className={styles.role} data-state={checked ? 'checked' : 'unchecked'}>
      <Checkbox
        label={
          <span className={styles.name}>
            {role.name}
            {isBroadRole(role) && (
              <Badge tone="warning" icon={<ShieldAlert size={14} aria-hidden />}>
                {messages.roles.broad}
              </Badge>
            )}
          </span>
        }
        description={locked ? messages.roles.notGrantable : role.description}
        checked={checked}
        disabled={disabled || locked}
        onCheckedChange={onCheckedChange}
      />
      {role.permissions.length === 0 ? (
        <p className={styles.allowsNothing}>{messages.roles.allowsNothing}</p>
      ) : (
        <Permissions role={role} />
      )}
    </div>
  );
}
