import type { Call } from '../call.ts';
import { changeKey } from '../keys/change-key.ts';
import type { ApiKey } from '../keys/key.ts';
import type { Ports } from '../ports.ts';
import { ok, refuse, type Result } from '../result.ts';
import { withoutOpenLink } from './link.ts';

/** Withdraws a key's open link: nobody can redeem it any more. Whoever may issue a link, by generating or renewing, may. */
export async function withdrawLink(ports: Ports, call: Call, id: string): Promise<Result<ApiKey>> {
  return changeKey(ports, call, ['keys.renew', 'keys.edit'], id, (key) => {
    const withdrawn = withoutOpenLink(key, ports.clock.now());
    return withdrawn === key
      ? refuse('NO_OPEN_LINK', 'This key has no open link. There is nothing to withdraw.')
      : ok({ key: withdrawn, events: [{ action: 'link.withdrawn' }] });
  });
}
