import type { Session } from '../../lib/api.ts';
import { useWords } from '../../lib/words/index.ts';

/** What a session is called: its browser and its system, or whatever it said of itself. */
export function useDeviceName() {
  const words = useWords().profile.sessions;
  return ({ browser, system, userAgent }: Session): string => {
    if (browser !== null && system !== null) return words.device(browser, system);
    return browser ?? system ?? userAgent ?? words.unknownDevice;
  };
}
