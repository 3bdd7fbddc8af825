import { recordEvent } from '../audit/record-event.ts';
import { change, type Call } from '../call.ts';
import { lacking } from '../permissions/actor.ts';
import type { KeyQuery, Page, Ports } from '../ports.ts';
import { ok, refuseField, type Result } from '../result.ts';
import { noSuchKey } from './change-key.ts';
import { broadRoleIds, type KeyAccess } from './broad-access.ts';
import type { ApiKey } from './key.ts';
import { searchText } from './search-text.ts';

/** What an admin asks of the list; the account and the time are known. */
export interface ListKeysInput extends Omit<
  KeyQuery,
  'accountId' | 'renewalPeriodMonths' | 'now' | 'anyRoleOf'
> {
  access?: KeyAccess | undefined;
}

/** How many keys an export reads at a time. */
const exportPage = 500;

async function list(ports: Ports, call: Call, { access, ...input }: ListKeysInput) {
  const { id, renewalPeriodMonths } = call.account;
  const now = ports.clock.now();
  const anyRoleOf = access && (await broadRoleIds(ports, call.account));
  return ports.store.keys.list({ ...input, accountId: id, renewalPeriodMonths, now, anyRoleOf });
}

/** Lists a page of the account's keys. */
export async function listKeys(
  ports: Ports,
  call: Call,
  input: ListKeysInput,
): Promise<Result<Page<ApiKey> & { total: number }>> {
  const refusal = lacking(call.actor, 'keys.view');
  if (refusal) return refusal;
  // A search for what nothing is compared by, such as an accent alone, finds nothing; it is no want of a search.
  if (input.search !== undefined && input.search !== '' && searchText(input.search) === '') {
    return ok({ items: [], nextCursor: null, total: 0 });
  }
  const page = await list(ports, call, input);
  return page
    ? ok(page)
    : refuseField('cursor', 'This cursor is not of this list. Begin without one.');
}

/** Finds one key of the account. */
export async function getKey(ports: Ports, call: Call, id: string): Promise<Result<ApiKey>> {
  const refusal = lacking(call.actor, 'keys.view');
  if (refusal) return refusal;
  const key = await ports.store.keys.find(call.account.id, id);
  return key ? ok(key) : noSuchKey;
}

async function* walk(ports: Ports, call: Call): AsyncGenerator<ApiKey> {
  let cursor: string | undefined;
  do {
    const page = await list(ports, call, {
      sort: 'createdAt',
      order: 'asc',
      limit: exportPage,
      cursor,
    });
    if (!page) throw new Error('The store refused a cursor of its own.');
    yield* page.items;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

/** Every key of the account, oldest first, a page in memory at a time. The log says who took them. */
export async function exportKeys(
  ports: Ports,
  call: Call,
): Promise<Result<AsyncGenerator<ApiKey>>> {
  return change(ports, call, 'keys.view', async (repositories, current) => {
    await recordEvent(ports, repositories, current, {
      action: 'key.exported',
      subject: current.account.slug,
    });
    return ok(walk(ports, current));
  });
}
