import type { ReactNode } from 'react';
import { Notice } from '../notice/Notice.tsx';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';

/** Why what a form or a question asked for was not done. */
export function FormError({ children }: { readonly children: ReactNode }) {
  const { messages } = useLatchkey();
  return (
    <Notice tone="danger" role="alert" title={messages.confirm.failed}>
      {children}
    </Notice>
  );
}
