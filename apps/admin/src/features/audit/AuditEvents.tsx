import { useMemo } from 'react';
import { ShieldAlert } from 'lucide-react';
import { Link } from '@tanstack/react-router';
import { Badge, DataGrid, useLatchkey } from '@latchkey/ui';
import type { GridColumn } from '@latchkey/ui';
import type { AuditEvent } from '../../lib/api.ts';
import { Breakable } from '../../lib/Breakable.tsx';
import { languages } from '../../lib/preferences.ts';
import { useWords } from '../../lib/words/index.ts';
import { useAccount } from '../shell/account.ts';
import styles from './Audit.module.css';

const warnings: readonly AuditEvent['action'][] = [
  'access.refused',
  'sign-in.failed',
  'link.tried-again',
];

/** Whether there is a page of what an event is about: not of what is gone, nor of another account's. */
const hasPage = (action: AuditEvent['action']) =>
  action !== 'key.deleted' && !action.startsWith('external-key.');

/** Who did what to what, when, and from where. */
export function AuditEvents(props: {
  readonly label: string;
  readonly events: readonly AuditEvent[];
  /** Left out: what would be the same in each row, or is too much there. */
  readonly without?: 'subject' | 'details';
}) {
  const { label, events, without } = props;
  const { format } = useLatchkey();
  const words = useWords().audit;
  const { slug: account } = useAccount();

  const columns = useMemo((): readonly GridColumn<AuditEvent>[] => {
    const all: GridColumn<AuditEvent>[] = [
      {
        id: 'action',
        header: words.action,
        width: 'minmax(180px, 1.4fr)',
        card: 'title',
        cell: ({ action }) => (
          <span>
            {warnings.includes(action) ? (
              <Badge
                className={styles.warning}
                tone="warning"
                icon={<ShieldAlert size={14} aria-hidden />}
              >
                {words.actions[action]}
              </Badge>
            ) : (
              words.actions[action]
            )}
          </span>
        ),
      },
      {
        id: 'subject',
        header: words.subject,
        width: 'minmax(160px, 1.4fr)',
        cell: ({ action, details, keyId, subject }) => (
          <span className={styles.lines}>
            {keyId !== null && hasPage(action) ? (
              <Link
                to="/a/$account/keys/$key"
                params={{ account, key: keyId }}
                className={styles.subject}
              >
                <bdi>{subject}</bdi>
              </Link>
            ) : (
              <Breakable>{subject}</Breakable>
            )}
            {typeof details['name'] === 'string' && (
              <bdi className={styles.quiet}>{details['name']}</bdi>
            )}
          </span>
        ),
      },
      {
        id: 'details',
        header: words.details,
        width: 'minmax(160px, 1.8fr)',
        cell: ({ details }) => <Details details={details} />,
      },
      {
        id: 'actor',
        header: words.actor,
        width: 'minmax(150px, 1.4fr)',
        cell: ({ actor, from }) => (
          <span className={styles.lines}>
            <Breakable>{words.actorNames[actor.kind] ?? actor.name}</Breakable>
            {from !== null && <span className={styles.quiet}>{from}</span>}
          </span>
        ),
      },
      {
        id: 'at',
        header: words.when,
        // As wide as `26 nov 2026, 11:54 a.m.`
        width: 'minmax(192px, 1fr)',
        cell: ({ at }) => (
          <time className={styles.time} dateTime={at} title={format.relative(at)}>
            {format.dateTime(at)}
          </time>
        ),
      },
    ];
    return all.filter(({ id }) => id !== without);
  }, [account, words, format, without]);

  return (
    <DataGrid
      label={label}
      columns={columns}
      rows={events}
      rowId={({ id }) => id}
      rowName={({ sequence }) => String(sequence)}
      virtualFrom={Infinity}
    />
  );
}

/** What is told besides: who was given what, what it was before. */
function Details({ details }: Pick<AuditEvent, 'details'>) {
  const { audit: words, webhooks } = useWords();
  const { format, messages } = useLatchkey();
  // What Latchkey itself names is stored by that name; the rest is told as it was.
  const known: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    type: webhooks.events,
    types: webhooks.events,
    state: webhooks.states,
    language: languages,
  };
  const tell = (name: string, value: string | number) => {
    if (typeof value === 'number') return messages.settings.months(value);
    if (/^\d{4}-\d\d-\d\dT/.test(value)) return format.dateTime(value);
    return known[name]?.[value] ?? value;
  };
  const shown = Object.entries(details).flatMap(([name, value]) => {
    if (name === 'name' || value === null || (Array.isArray(value) && value.length === 0)) {
      return [];
    }
    const term = words.detailNames[name] ?? name;
    if (typeof value === 'boolean') return [value ? term : `${term}: ${words.no}`];
    const values = Array.isArray(value) ? value : [value];
    return [`${term}: ${values.map((one) => tell(name, one)).join(', ')}`];
  });
  if (shown.length === 0) return <span className={styles.none}>—</span>;
  return (
    <span className={styles.lines}>
      {shown.map((line) => (
        <bdi key={line} className={styles.quiet}>
          {line}
        </bdi>
      ))}
    </span>
  );
}
