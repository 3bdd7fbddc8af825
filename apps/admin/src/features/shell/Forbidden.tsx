import { Lock } from 'lucide-react';
import { EmptyState, PageHeader } from '@latchkey/ui';
import { useWords } from '../../lib/words/index.ts';

/** Says that the person may not see this, and whom to ask. @param title what it would have been */
export function Forbidden({ title }: { readonly title?: string }) {
  const words = useWords().forbidden;
  return (
    <>
      {title !== undefined && <PageHeader title={title} />}
      <EmptyState icon={<Lock size={24} aria-hidden />} title={words.title}>
        {words.text}
      </EmptyState>
    </>
  );
}
