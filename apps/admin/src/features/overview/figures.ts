import type { Answers } from '../../lib/api.ts';
import type { KeysSearch } from '../keys/search.ts';

export type Overview = Answers['keys']['overview'];
export type FigureName = Exclude<keyof Overview, 'attention'>;
export type GroupName = 'status' | 'time' | 'need';

interface Figure {
  readonly name: FigureName;
  /** The list of what it counts. */
  readonly search: KeysSearch;
  /** How it looks when it is not nothing. */
  readonly tone: 'neutral' | 'warning' | 'danger';
}

/** The figures, by what they tell: how many keys there are, what time does to them, and whether they are needed as they are. */
export const groups: readonly { readonly name: GroupName; readonly figures: readonly Figure[] }[] =
  [
    {
      name: 'status',
      figures: [
        { name: 'total', search: {}, tone: 'neutral' },
        { name: 'active', search: { status: 'active' }, tone: 'neutral' },
        { name: 'inactive', search: { status: 'inactive' }, tone: 'neutral' },
      ],
    },
    {
      name: 'time',
      figures: [
        { name: 'overdue', search: { alert: 'overdue' }, tone: 'danger' },
        { name: 'due', search: { alert: 'due' }, tone: 'warning' },
        { name: 'expired', search: { attention: 'expired' }, tone: 'danger' },
        { name: 'expiring', search: { attention: 'expiring' }, tone: 'warning' },
      ],
    },
    {
      name: 'need',
      figures: [
        { name: 'idle', search: { attention: 'idle' }, tone: 'warning' },
        { name: 'neverUsed', search: { attention: 'never' }, tone: 'neutral' },
        { name: 'broad', search: { attention: 'broad' }, tone: 'warning' },
      ],
    },
  ];
