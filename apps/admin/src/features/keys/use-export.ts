import type { MouseEvent } from 'react';
import { useLatchkey, useToast } from '@latchkey/ui';
import { api } from '../../lib/api.ts';
import { tell } from '../../lib/failure.ts';
import type { ToldError } from '../../lib/failure.ts';
import { useWords } from '../../lib/words/index.ts';

function download(href: string) {
  const link = document.createElement('a');
  link.href = href;
  link.download = '';
  link.click();
}

/**
 * What a link to the spreadsheet does when it is followed: the browser downloads it, in a stream. Before,
 * it looks whether there is anything to be had, since a browser says nothing of a download that is refused.
 *
 * @param account its slug
 */
export function useExport(account: string) {
  const { messages } = useLatchkey();
  const words = useWords();
  const toast = useToast();
  return async (event: MouseEvent<HTMLAnchorElement>) => {
    event.preventDefault();
    const { href } = event.currentTarget;
    try {
      await tell(api.keys.list.query({ account, limit: 1 }), words);
      download(href);
    } catch (error) {
      const { message } = error as ToldError;
      toast({ tone: 'danger', title: messages.confirm.failed, description: message });
    }
  };
}
