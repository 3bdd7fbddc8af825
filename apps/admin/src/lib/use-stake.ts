import { useState } from 'react';
import { useLinkGuard } from '@latchkey/ui';
import type { LinkStake } from '@latchkey/ui';
import { useLinkBlocker } from './use-link-blocker.ts';

/**
 * Looks after what a dialog shows this once: until it is kept it goes neither with the dialog nor with
 * the page.
 *
 * @param open whether the dialog is
 * @param close closes it
 */
export function useStake(open: boolean, close: () => void) {
  const [stake, setStake] = useState<LinkStake>('nothing');
  const atStake = open ? stake : 'nothing';
  const guard = useLinkGuard(atStake, close);
  const blocker = useLinkBlocker(atStake);
  return {
    /** Whether it is on its way: nothing closes meanwhile. */
    coming: stake === 'coming',
    /** Waits for what the API gives only once. @param holds whether an answer has something to lose */
    async waitFor<Answer>(
      call: Promise<Answer>,
      holds: (answer: Answer) => boolean = () => true,
    ): Promise<Answer> {
      setStake('coming');
      try {
        const answer = await call;
        setStake(holds(answer) ? 'uncopied' : 'nothing');
        return answer;
      } catch (error) {
        setStake('nothing');
        throw error;
      }
    },
    /** It is copied, or kept otherwise. */
    kept: () => setStake('nothing'),
    requestClose: guard.requestClose,
    /** Whether the person is to be asked first. */
    asking: guard.asking || blocker.asking,
    stay() {
      guard.stay();
      blocker.stay();
    },
    leave() {
      blocker.leave();
      guard.leave();
    },
  };
}
