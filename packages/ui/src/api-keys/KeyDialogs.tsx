import { useEffect, useState } from 'react';
import type { KeyAction } from '../api-key/actions.ts';
import type { ApiKey, KeyCalls, KeyToken, KeyUsage, RoleOption } from '../api-key/types.ts';
import type { ReturnFocus } from '../dialog/Dialog.tsx';
import { EditKeyDialog } from '../edit-key-dialog/EditKeyDialog.tsx';
import { BulkStatusConfirm } from '../key-confirms/BulkStatusConfirm.tsx';
import {
  ActivateConfirm,
  DeactivateConfirm,
  DeleteConfirm,
  DeleteOldTokenConfirm,
  UndoRenewalConfirm,
  WithdrawLinkConfirm,
} from '../key-confirms/KeyConfirms.tsx';
import { RenewTokenDialog } from '../renew-token-dialog/RenewTokenDialog.tsx';
import { ScheduleDialog } from '../renew-token-dialog/ScheduleDialog.tsx';
import { useOptionalToast } from '../toast/Toast.tsx';
import { UsageImpact } from '../usage-impact/UsageImpact.tsx';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';
import type { ApiKeysDataSource } from './source.ts';

/** What was asked for, of which keys, and where focus goes afterwards. A new object each time. */
export interface Asked {
  readonly action: KeyAction;
  readonly keys: readonly ApiKey[];
  readonly returnFocusTo: ReturnFocus;
}

interface KeyDialogsProps {
  readonly source: ApiKeysDataSource;
  readonly roles: readonly RoleOption[];
  readonly asked: Asked | null;
  /** Keys changed and what was asked is done with them. */
  readonly onDone: (ids: readonly string[]) => void;
  /** A key changed while its dialog goes on. */
  readonly onChanged: () => void;
}

/** A source that promises a capability has its methods; the conformance suite sees to it. */
function promised<Method>(method: Method | undefined, name: string): Method {
  if (method === undefined) {
    throw new Error(`The data source has no ${name}, though its capabilities promise it.`);
  }
  return method;
}

/** Every dialog that the menu of a key opens, one at a time. */
export function KeyDialogs({ source, roles, asked, onDone, onChanged }: KeyDialogsProps) {
  const { messages, format } = useLatchkey();
  const toast = useOptionalToast();
  const [seen, setSeen] = useState<Asked | null>(null);
  const [open, setOpen] = useState(false);
  if (asked !== seen) {
    setSeen(asked);
    setOpen(asked !== null);
  }
  const first = asked?.keys[0];
  const calls = useCalls(source, open && asked ? asked : null);
  if (!asked || !first) return null;

  const { keys, returnFocusTo } = asked;
  const can = (capability: ApiKeysDataSource['capabilities'][number]) =>
    source.capabilities.includes(capability);
  const dialog = { open, onOpenChange: setOpen, returnFocusTo };
  const say = (title: string) => {
    onDone([first.id]);
    toast?.({ title });
  };
  const impact = <UsageImpact lastUsedAt={first.lastUsedAt} calls={calls} />;
  const words = messages.page;

  const setStatus = (id: string, status: ApiKey['status']) =>
    promised(source.updateKey, 'updateKey').call(source, id, { status });

  if ((asked.action === 'activate' || asked.action === 'deactivate') && keys.length > 1) {
    const status = asked.action === 'activate' ? 'active' : 'inactive';
    return (
      <BulkStatusConfirm
        {...dialog}
        status={status}
        apiKeys={keys}
        onChangeOne={({ id }) => setStatus(id, status)}
        onChanged={(ids) => {
          onDone(ids);
          const told = status === 'active' ? words.manyActivated : words.manyDeactivated;
          if (ids.length > 0) toast?.({ title: told(ids.length) });
        }}
      />
    );
  }

  switch (asked.action) {
    case 'open':
      return null;
    case 'edit':
      return (
        <EditKeyDialog
          {...dialog}
          key={first.id}
          apiKey={first}
          roles={roles}
          allowStatus={can('status')}
          allowExpiry={can('expiry')}
          impact={impact}
          onSave={async (changes) => {
            const saved = await promised(source.updateKey, 'updateKey').call(
              source,
              first.id,
              changes,
            );
            say(words.saved(saved.name));
          }}
        />
      );
    case 'activate':
      return (
        <ActivateConfirm
          {...dialog}
          apiKeys={keys}
          onConfirm={async () => {
            await setStatus(first.id, 'active');
            say(words.activated(first.name));
          }}
        />
      );
    case 'deactivate':
      return (
        <DeactivateConfirm
          {...dialog}
          apiKeys={keys}
          impact={impact}
          onConfirm={async () => {
            await setStatus(first.id, 'inactive');
            say(words.deactivated(first.name));
          }}
        />
      );
    case 'renew':
      return (
        <RenewTokenDialog
          {...dialog}
          key={first.id}
          apiKey={first}
          // What becomes the old token is the current one yet, unless that was never collected.
          calls={callsOf(calls, 'old') ?? callsOf(calls, 'current')}
          allowSchedule={can('schedule')}
          onRenew={async () => {
            const issued = await promised(source.renewKey, 'renewKey').call(source, first.id);
            onChanged();
            return issued;
          }}
          onComplete={async (completion) => {
            if (completion.when === 'now') {
              await promised(source.completeRenewal, 'completeRenewal').call(source, first.id);
              say(words.oldTokenDeleted);
              return;
            }
            const schedule = promised(source.scheduleRenewal, 'scheduleRenewal');
            await schedule.call(source, first.id, completion.completeAt);
            say(words.scheduled(format.relative(completion.completeAt)));
          }}
        />
      );
    case 'schedule':
      return (
        <ScheduleDialog
          {...dialog}
          key={first.id}
          apiKey={first}
          calls={callsOf(calls, 'old')}
          onSave={async (completeAt) => {
            const schedule = promised(source.scheduleRenewal, 'scheduleRenewal');
            await schedule.call(source, first.id, completeAt);
            say(
              completeAt === null
                ? words.unscheduled
                : words.scheduled(format.relative(completeAt)),
            );
          }}
        />
      );
    case 'deleteOldToken':
      return (
        <DeleteOldTokenConfirm
          {...dialog}
          apiKey={first}
          calls={callsOf(calls, 'old')}
          onConfirm={async () => {
            await promised(source.completeRenewal, 'completeRenewal').call(source, first.id);
            say(words.oldTokenDeleted);
          }}
        />
      );
    case 'undoRenewal':
      return (
        <UndoRenewalConfirm
          {...dialog}
          apiKey={first}
          calls={callsOf(calls, 'current')}
          onConfirm={async () => {
            await promised(source.undoRenewal, 'undoRenewal').call(source, first.id);
            say(words.renewalUndone);
          }}
        />
      );
    case 'withdrawLink':
      return (
        <WithdrawLinkConfirm
          {...dialog}
          apiKey={first}
          onConfirm={async () => {
            await promised(source.withdrawLink, 'withdrawLink').call(source, first.id);
            say(words.linkWithdrawn);
          }}
        />
      );
    case 'delete':
      return (
        <DeleteConfirm
          {...dialog}
          apiKey={first}
          impact={impact}
          onConfirm={async () => {
            await promised(source.deleteKey, 'deleteKey').call(source, first.id);
            say(words.deleted(first.name));
          }}
        />
      );
    default:
      return asked.action satisfies never;
  }
}

/** Those of one of the key's tokens; absent where the source does not tell tokens apart. */
function callsOf(
  usage: KeyUsage | 'loading' | undefined,
  state: KeyToken['state'],
): KeyCalls | 'loading' | undefined {
  if (usage === undefined || usage === 'loading') return usage;
  return usage.tokens?.find((token) => token.state === state)?.calls;
}

const breaking: readonly KeyAction[] = [
  'delete',
  'deactivate',
  'edit',
  'schedule',
  'deleteOldToken',
  'undoRenewal',
  'renew',
];

/** How often the key was used of late, for the dialogs that switch something off. */
function useCalls(
  source: ApiKeysDataSource,
  asked: Asked | null,
): KeyUsage | 'loading' | undefined {
  const [found, setFound] = useState<{ asked: Asked; calls: KeyUsage | undefined } | null>(null);
  const wanted = asked !== null && breaking.includes(asked.action) && asked.keys.length === 1;
  useEffect(() => {
    const id = asked?.keys[0]?.id;
    if (!wanted || !asked || id === undefined || !source.keyCalls) return;
    let stale = false;
    source.keyCalls(id).then(
      (calls) => !stale && setFound({ asked, calls }),
      // Not knowing how often it was used must not stop anyone from switching it off.
      () => !stale && setFound({ asked, calls: undefined }),
    );
    return () => {
      stale = true;
    };
  }, [source, asked, wanted]);
  if (!wanted || !source.capabilities.includes('usage')) return undefined;
  return found?.asked === asked ? found.calls : 'loading';
}
