import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { Notice } from '../notice/Notice.tsx';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';

/** Why what a form asked for was not done. It comes into view, since a form may be longer than the window. */
export function FormError({ children }: { readonly children: ReactNode }) {
  const { messages } = useLatchkey();
  const notice = useRef<HTMLDivElement>(null);
  useEffect(() => {
    notice.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <Notice ref={notice} tone="danger" role="alert" title={messages.confirm.failed}>
      {children}
    </Notice>
  );
}
