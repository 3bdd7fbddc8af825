import { recordEvent } from '../audit/record-event.ts';
import { change, type Call } from '../call.ts';
import { notify } from '../notifications/notify.ts';
import { nameOf } from '../permissions/actor.ts';
import type { Ports } from '../ports.ts';
import { ok, type Result } from '../result.ts';
import { noSuchKey } from './change-key.ts';

/** Deletes a key with its tokens and its open link. Verification stops at once; the identifier is never issued again. */
export async function deleteKey(ports: Ports, call: Call, id: string): Promise<Result<null>> {
  return change(ports, call, 'keys.edit', async (repositories, current) => {
    const key = await repositories.keys.find(current.account.id, id);
    if (!key) return noSuchKey;
    await repositories.keys.remove(current.account.id, id);
    await recordEvent(ports, repositories, current, {
      action: 'key.deleted',
      keyId: id,
      subject: key.key,
      details: { name: key.name },
    });
    const deleted = { id, key: key.key, name: key.name };
    await notify(ports, repositories, call.account.id, [
      { type: 'key.deleted', data: { key: deleted, actor: nameOf(call.actor) } },
    ]);
    return ok(null);
  });
}
