import { Link } from '@tanstack/react-router';
import {
  CalendarClock,
  CalendarX2,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CirclePause,
  KeyRound,
  Moon,
  ShieldAlert,
  TriangleAlert,
} from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { Card, Skeleton, useLatchkey } from '@latchkey/ui';
import { useWords } from '../../lib/words/index.ts';
import { groups } from './figures.ts';
import type { FigureName, Overview } from './figures.ts';
import styles from './Overview.module.css';

const icons = {
  total: KeyRound,
  active: CircleCheck,
  inactive: CirclePause,
  due: TriangleAlert,
  overdue: CircleAlert,
  expiring: CalendarClock,
  expired: CalendarX2,
  idle: Moon,
  neverUsed: CircleDashed,
  broad: ShieldAlert,
} as const satisfies Record<FigureName, LucideIcon>;

interface FiguresProps {
  readonly account: string;
  /** Absent while they are read. */
  readonly overview: Overview | undefined;
}

/** The account's keys in figures, each of which opens the list of what it counts. */
export function Figures({ account, overview }: FiguresProps) {
  const words = useWords().overview;
  const { format } = useLatchkey();
  return (
    <div className={styles.groups}>
      {groups.map((group) => (
        <Card key={group.name} title={words.groups[group.name]}>
          <ul className={styles.figures} aria-busy={overview === undefined}>
            {group.figures.map(({ name, search, tone }) => {
              const Icon = icons[name];
              const count = overview?.[name];
              return (
                <li key={name}>
                  <Link
                    to="/a/$account/keys"
                    params={{ account }}
                    search={search}
                    className={styles.figure}
                    data-tone={count !== undefined && count > 0 ? tone : 'neutral'}
                    data-zero={count === 0 ? '' : undefined}
                  >
                    <Icon size={18} aria-hidden className={styles.icon} />
                    <span>{words.figures[name]}</span>
                    <span className={styles.count}>
                      {count === undefined ? <Skeleton width="2ch" /> : format.number(count)}
                    </span>
                  </Link>
                </li>
              );
            })}
          </ul>
        </Card>
      ))}
    </div>
  );
}
