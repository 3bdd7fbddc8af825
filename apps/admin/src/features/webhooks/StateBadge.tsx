import { CircleOff, CirclePause, CircleCheck, TriangleAlert } from 'lucide-react';
import { Badge } from '@latchkey/ui';
import type { Webhook } from '../../lib/api.ts';
import { useWords } from '../../lib/words/index.ts';

const looks = {
  active: { tone: 'success', Icon: CircleCheck },
  paused: { tone: 'neutral', Icon: CirclePause },
  disabled: { tone: 'danger', Icon: CircleOff },
} as const satisfies Record<Webhook['state'], object>;

/** Whether a webhook is sent anything; an active one that fails stands out. */
export function StateBadge({ webhook }: { readonly webhook: Webhook }) {
  const words = useWords().webhooks;
  const { state, failingSince } = webhook;
  const failing = state === 'active' && failingSince !== null;
  const { tone, Icon } = failing ? { tone: 'warning' as const, Icon: TriangleAlert } : looks[state];
  return (
    <Badge tone={tone} icon={<Icon size={14} aria-hidden />}>
      {failing ? words.failingNow : words.states[state]}
    </Badge>
  );
}
