import { useEffect, useState } from 'react';
import { RevealToken } from '@latchkey/ui/reveal-token';
import type { OfferState } from '@latchkey/ui/reveal-token';
import { previewLink, redeemLink } from './link.ts';

/** What whoever was sent a single-access link sees. */
export function LinkPage({ linkToken }: { readonly linkToken: string }) {
  const [offer, setOffer] = useState<OfferState>({ state: 'loading' });
  const [attempt, setAttempt] = useState(1);

  useEffect(() => {
    let left = false;
    const show = (next: OfferState) => {
      if (!left) setOffer(next);
    };
    const onRetry = () => {
      setOffer({ state: 'loading' });
      setAttempt(attempt + 1);
    };
    previewLink(linkToken).then(
      (found) => show(found ? { state: 'open', offer: found } : { state: 'gone' }),
      () => show({ state: 'failed', onRetry }),
    );
    return () => {
      left = true;
    };
  }, [linkToken, attempt]);

  return <RevealToken offer={offer} host={location.host} onReveal={() => redeemLink(linkToken)} />;
}
