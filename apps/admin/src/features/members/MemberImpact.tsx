import { useInfiniteQuery } from '@tanstack/react-query';
import { DescriptionList, Skeleton, useLatchkey } from '@latchkey/ui';
import type { Member } from '../../lib/api.ts';
import { useWords } from '../../lib/words/index.ts';
import { auditEventsQuery } from '../audit/queries.ts';
import { useAccount } from '../shell/account.ts';

/** What goes with a member: their roles, and what they did last, for whoever may read the log. */
export function MemberImpact({ member }: { readonly member: Member }) {
  const { messages, format } = useLatchkey();
  const words = useWords();
  const account = useAccount();
  const mayRead = account.can('audit.view') && member.status === 'active';
  const log = useInfiniteQuery({
    ...auditEventsQuery(account.slug, { actor: member.id }, 1),
    enabled: mayRead,
  });
  const last = log.data?.pages[0]?.items[0];
  const lastDone = () => {
    if (log.isPending) return <Skeleton width="16ch" />;
    return last
      ? `${words.audit.actions[last.action]} · ${format.relative(last.at)}`
      : words.members.didNothing;
  };
  return (
    <DescriptionList
      items={[
        {
          term: messages.table.roles,
          details: format.list(member.roles.map(({ name }) => name)) || messages.table.noRoles,
        },
        { term: words.members.since, details: format.date(member.createdAt) },
        ...(mayRead && !log.isError ? [{ term: words.members.lastDone, details: lastDone() }] : []),
      ]}
    />
  );
}
