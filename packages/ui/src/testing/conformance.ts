import { keyAttentions } from '../api-key/rules.ts';
import type { ApiKey, IssuedKey, RoleOption, RoleRef } from '../api-key/types.ts';
import { missingMethods } from '../api-keys/source.ts';
import type { ApiKeysDataSource, Capability, KeyQuery } from '../api-keys/source.ts';
import { noFilters } from '../filters/Filters.tsx';

export interface ConformanceHarness {
  /** A source to try, on an account that may hold other keys. Called once for each case. */
  readonly create: () => ApiKeysDataSource | Promise<ApiKeysDataSource>;
  /** Uses a single-access link as its reader would. Without it, cases that need a delivered token are left out. */
  readonly redeem?: ((url: string) => Promise<unknown>) | undefined;
  /** The identifier of another account's key. Without it, adding external keys is not tried. */
  readonly externalKey?: string | undefined;
}

export interface ConformanceCase {
  /** The rule, as a sentence. */
  readonly name: string;
  /** Rejects when the source breaks the rule; the message says how. */
  readonly run: () => Promise<void>;
}

type Source = Required<ApiKeysDataSource>;

interface Rule {
  readonly name: string;
  readonly needs: readonly Capability[];
  readonly needsRedeem?: true;
  readonly needsExternalKey?: true;
  /** Needs a role that this person may not grant. */
  readonly needsUngrantable?: true;
  readonly needsSubscribe?: true;
  readonly check: (source: Source, harness: ConformanceHarness) => Promise<void>;
}

class ConformanceError extends Error {
  override readonly name = 'ConformanceError';
}

function must(condition: boolean, message: string): asserts condition {
  if (!condition) throw new ConformanceError(message);
}

async function mustRefuse(attempt: () => Promise<unknown>, what: string): Promise<void> {
  let refusal: unknown = null;
  try {
    await attempt();
  } catch (reason) {
    refusal = reason;
  }
  must(refusal !== null, `${what} must be refused.`);
  must(
    refusal instanceof Error && refusal.message.trim() !== '',
    `${what} must be refused with an Error that has a message for people.`,
  );
}

const everything: KeyQuery = {
  search: '',
  filters: noFilters,
  sort: { column: 'createdAt', order: 'desc' },
  cursor: null,
  limit: 100,
};

let counter = 0;
function uniqueName(): string {
  counter += 1;
  return `conformance ${Date.now().toString(36)} ${counter}`;
}

async function generated(source: Source, name = uniqueName()): Promise<IssuedKey> {
  return source.generateKey({ name, roleIds: [] });
}

async function present(source: Source, id: string, name: string): Promise<ApiKey | undefined> {
  const { items } = await source.listKeys({ ...everything, search: name });
  return items.find((key) => key.id === id);
}

async function grantable(source: Source): Promise<RoleOption> {
  const role = (await source.listRoles()).find((candidate) => candidate.grantable !== false);
  must(role !== undefined, 'The account needs at least one role that can be granted.');
  return role;
}

function hasJust(key: { readonly roles: readonly RoleRef[] }, role: RoleOption): boolean {
  return key.roles.length === 1 && key.roles[0]?.id === role.id;
}

/** Waits so many milliseconds until something is so; false when it never is. */
async function becomes(isSo: () => boolean, within: number): Promise<boolean> {
  const end = Date.now() + within;
  while (!isSo()) {
    if (Date.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return true;
}

/** Whether values come in order, equal ones beside each other; null is less than all others. */
function inOrder(values: readonly (string | null)[], order: 'asc' | 'desc'): boolean {
  return values.every((value, index) => {
    const before = values[index - 1];
    if (index === 0 || before === undefined) return true;
    const [least, most] = order === 'asc' ? [before, value] : [value, before];
    return least === null || (most !== null && least <= most);
  });
}

async function delivered(source: Source, harness: ConformanceHarness): Promise<IssuedKey> {
  const issued = await generated(source);
  await harness.redeem?.(issued.link.url);
  return issued;
}

const rules: readonly Rule[] = [
  {
    name: 'has the methods that its capabilities promise',
    needs: [],
    check: async (source) => {
      const missing = missingMethods(source);
      must(missing.length === 0, `These methods are promised and missing: ${missing.join(', ')}.`);
    },
  },
  {
    name: 'answers a page and the total of all pages',
    needs: [],
    check: async (source) => {
      const page = await source.listKeys({ ...everything, limit: 1 });
      must(page.items.length <= 1, 'A page must not hold more than its limit.');
      must(page.total >= page.items.length, 'The total counts all pages.');
      must(
        page.total <= 1 || page.nextCursor !== null,
        'Before the last page there must be a cursor.',
      );
    },
  },
  {
    name: 'leads through all pages without gap or repetition',
    needs: ['generate'],
    check: async (source) => {
      const name = uniqueName();
      const made = new Set<string>();
      for (let index = 0; index < 5; index += 1) {
        made.add((await generated(source, `${name} ${index}`)).key.id);
      }
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const page = await source.listKeys({ ...everything, search: name, limit: 2, cursor });
        seen.push(...page.items.map((key) => key.id));
        must(
          page.total === made.size,
          `The total must be ${made.size} on every page, not ${page.total}.`,
        );
        ({ nextCursor: cursor } = page);
      } while (cursor !== null && seen.length < 20);
      must(seen.length === made.size, `The pages must hold ${made.size} keys, not ${seen.length}.`);
      must(new Set(seen).size === made.size, 'No key may come twice.');
    },
  },
  {
    name: 'searches names and identifiers anywhere, whatever the case',
    needs: ['generate'],
    check: async (source) => {
      const { key } = await generated(source);
      for (const search of [key.name.slice(3).toUpperCase(), key.key.slice(2).toLowerCase()]) {
        const { items } = await source.listKeys({ ...everything, search });
        must(
          items.some((item) => item.id === key.id),
          `Searching "${search}" must find "${key.name}".`,
        );
      }
    },
  },
  {
    name: 'finds nothing, without an error, where nothing matches',
    needs: [],
    check: async (source) => {
      const page = await source.listKeys({ ...everything, search: `nothing-${uniqueName()}` });
      must(
        page.items.length === 0 && page.total === 0 && page.nextCursor === null,
        'The page must be empty.',
      );
    },
  },
  {
    name: 'sorts by name in either order',
    needs: ['generate'],
    check: async (source) => {
      const name = uniqueName();
      for (const letter of ['b', 'a', 'c']) await generated(source, `${name} ${letter}`);
      for (const order of ['asc', 'desc'] as const) {
        const { items } = await source.listKeys({
          ...everything,
          search: name,
          sort: { column: 'name', order },
        });
        const letters = items.map((key) => key.name.at(-1)).join('');
        const wanted = order === 'asc' ? 'abc' : 'cba';
        must(
          letters === wanted,
          `In ${order} order the names must end in ${wanted}, not ${letters}.`,
        );
      }
    },
  },
  {
    name: 'sorts by the time of creation, of the last use and by status, in either order',
    needs: ['generate', 'status'],
    check: async (source) => {
      const { key } = await generated(source);
      await source.updateKey(key.id, { status: 'inactive' });
      await generated(source);
      for (const column of ['createdAt', 'lastUsedAt', 'status'] as const) {
        for (const order of ['asc', 'desc'] as const) {
          const { items } = await source.listKeys({ ...everything, sort: { column, order } });
          const values = items.map((item) => item[column]);
          must(
            inOrder(values, order),
            `Sorted by ${column} in ${order} order, they come as ${values.join(', ')}; what was never used is the least recently used.`,
          );
        }
      }
    },
  },
  {
    name: 'filters by renewal alert',
    needs: ['generate'],
    check: async (source) => {
      const { key } = await generated(source);
      for (const alert of ['none', 'due', 'overdue'] as const) {
        const filters = { ...noFilters, alert };
        const found = await source.listKeys({ ...everything, search: key.name, filters });
        must(
          found.total === (alert === 'none' ? 1 : 0),
          `A new key needs no renewal: the filter "${alert}" must ${alert === 'none' ? '' : 'not '}find it.`,
        );
        const { items } = await source.listKeys({ ...everything, filters });
        must(
          items.every((item) => item.alert === alert),
          `Only keys whose alert is "${alert}" may be found.`,
        );
      }
    },
  },
  {
    name: 'generates a key that is active at once, with its name trimmed',
    needs: ['generate'],
    check: async (source) => {
      const name = uniqueName();
      const { key } = await source.generateKey({ name: `  ${name} `, roleIds: [] });
      must(key.name === name, `The name must be "${name}", not "${key.name}".`);
      must(key.status === 'active', 'A new key must be active.');
      must(key.roles.length === 0, 'No role may be added that was not asked for.');
      must(
        key.tokens.length === 1 && key.renewal === null,
        'A new key must have one token and no renewal.',
      );
      must((await present(source, key.id, name)) !== undefined, 'A new key must be in the list.');
    },
  },
  {
    name: 'generates a key with the roles that were chosen',
    needs: ['generate'],
    check: async (source) => {
      const role = await grantable(source);
      const { key } = await source.generateKey({ name: uniqueName(), roleIds: [role.id] });
      must(hasJust(key, role), 'The key must have just that role.');
      const found = await source.listKeys({
        ...everything,
        search: key.name,
        filters: { ...noFilters, role: role.id },
      });
      must(found.total === 1, 'The filter by role must find it.');
    },
  },
  {
    name: 'refuses a key without a name',
    needs: ['generate'],
    check: (source) =>
      mustRefuse(() => source.generateKey({ name: '   ', roleIds: [] }), 'A name of blanks'),
  },
  {
    name: 'hands over a link that works for 24 hours, and never shows it again',
    needs: ['generate'],
    check: async (source) => {
      const { key, link } = await generated(source);
      must(URL.canParse(link.url), 'The link must be an absolute URL.');
      const left = Date.parse(link.expiresAt) - Date.parse(key.createdAt);
      must(
        Math.abs(left - 86_400_000) < 60_000,
        'The link must expire 24 hours after it was made.',
      );
      must(key.link?.state === 'open', 'The fate of the new link must be "open".');
      const listed = await present(source, key.id, key.name);
      must(!JSON.stringify(listed).includes(link.url), 'No list may carry the link.');
      must(!JSON.stringify([key, listed]).includes('lk_'), 'No key may carry a token.');
    },
  },
  {
    name: 'changes the name, and nothing else',
    needs: ['generate', 'edit'],
    check: async (source) => {
      const { key } = await generated(source);
      const saved = await source.updateKey(key.id, { name: `${key.name} changed` });
      must(saved.name === `${key.name} changed`, 'The new name must be answered.');
      must(saved.status === key.status && saved.key === key.key, 'Nothing else may change.');
    },
  },
  {
    name: 'changes the roles, and nothing else',
    needs: ['generate', 'edit'],
    check: async (source) => {
      const role = await grantable(source);
      const { key } = await generated(source);
      const granted = await source.updateKey(key.id, { roleIds: [role.id] });
      must(hasJust(granted, role), 'The key must have just the role that was chosen.');
      must(granted.name === key.name && granted.status === key.status, 'Nothing else may change.');
      const listed = await present(source, key.id, key.name);
      must(listed !== undefined && hasJust(listed, role), 'The list must show the new role.');
      const taken = await source.updateKey(key.id, { roleIds: [] });
      must(taken.roles.length === 0, 'A role must be taken away when it is left out.');
    },
  },
  {
    name: 'refuses to grant a role that it says cannot be granted',
    needs: ['generate', 'edit'],
    needsUngrantable: true,
    check: async (source) => {
      const role = (await source.listRoles()).find((candidate) => candidate.grantable === false);
      const roleIds = [role?.id ?? ''];
      const name = uniqueName();
      await mustRefuse(() => source.generateKey({ name, roleIds }), 'A new key with that role');
      const { total } = await source.listKeys({ ...everything, search: name });
      must(total === 0, 'What was refused must leave no key behind.');
      const { key } = await generated(source);
      await mustRefuse(() => source.updateKey(key.id, { roleIds }), 'Adding that role to a key');
    },
  },
  {
    name: 'deactivates and activates',
    needs: ['generate', 'status'],
    check: async (source) => {
      const { key } = await generated(source);
      must(
        (await source.updateKey(key.id, { status: 'inactive' })).status === 'inactive',
        'It must be inactive.',
      );
      const filtered = await source.listKeys({
        ...everything,
        search: key.name,
        filters: { ...noFilters, status: 'inactive' },
      });
      must(filtered.total === 1, 'The filter by status must find it.');
      must(
        (await source.updateKey(key.id, { status: 'active' })).status === 'active',
        'It must be active again.',
      );
    },
  },
  {
    name: 'finds the keys that deserve a second look',
    needs: ['generate', 'attention'],
    check: async (source) => {
      const { key } = await generated(source);
      for (const attention of keyAttentions) {
        const { total } = await source.listKeys({
          ...everything,
          search: key.name,
          filters: { ...noFilters, attention },
        });
        const expected = attention === 'never' ? 1 : 0;
        must(
          total === expected,
          `A new key without roles and expiry must ${expected ? '' : 'not '}be found by "${attention}".`,
        );
      }
    },
  },
  {
    name: 'finds a key that expires within 14 days',
    needs: ['generate', 'expiry', 'attention'],
    check: async (source) => {
      const expiresAt = new Date(Date.now() + 2 * 86_400_000).toISOString();
      const { key } = await source.generateKey({ name: uniqueName(), roleIds: [], expiresAt });
      const { total } = await source.listKeys({
        ...everything,
        search: key.name,
        filters: { ...noFilters, attention: 'expiring' },
      });
      must(total === 1, 'The filter "expiring" must find it.');
    },
  },
  {
    name: 'sets an expiry and takes it back',
    needs: ['generate', 'edit', 'expiry'],
    check: async (source) => {
      const { key } = await generated(source);
      const expiresAt = new Date(Date.now() + 30 * 86_400_000).toISOString();
      const saved = await source.updateKey(key.id, { expiresAt });
      must(
        Date.parse(saved.expiresAt ?? '') === Date.parse(expiresAt),
        'The expiry must be answered.',
      );
      must(
        (await source.updateKey(key.id, { expiresAt: null })).expiresAt === null,
        'It must be gone again.',
      );
    },
  },
  {
    name: 'does not renew a key while its link is open',
    needs: ['generate', 'renew'],
    check: async (source) => {
      const { key } = await generated(source);
      await mustRefuse(() => source.renewKey(key.id), 'Renewing while the link is open');
    },
  },
  {
    name: 'replaces a token that was never delivered, and keeps no old one',
    needs: ['generate', 'renew', 'withdrawLink'],
    check: async (source) => {
      const { key } = await generated(source);
      const withdrawn = await source.withdrawLink(key.id);
      must(withdrawn.link?.state === 'withdrawn', 'The fate of the link must be "withdrawn".');
      const renewed = await source.renewKey(key.id);
      must(renewed.key.tokens.length === 1, 'There must be one token.');
      must(renewed.key.renewal === null, 'No renewal may be pending.');
    },
  },
  {
    name: 'keeps both tokens after a renewal until it is completed',
    needs: ['generate', 'renew'],
    needsRedeem: true,
    check: async (source, harness) => {
      const { key } = await delivered(source, harness);
      const renewed = await source.renewKey(key.id);
      must(renewed.key.renewal !== null, 'A renewal must be pending.');
      const states = renewed.key.tokens.map((token) => token.state).toSorted();
      must(states.join() === 'current,old', 'There must be a current and an old token.');
      const completed = await source.completeRenewal(key.id);
      must(completed.renewal === null && completed.tokens.length === 1, 'One token must be left.');
    },
  },
  {
    name: 'undoes a renewal and withdraws its link',
    needs: ['generate', 'renew'],
    needsRedeem: true,
    check: async (source, harness) => {
      const { key } = await delivered(source, harness);
      await source.renewKey(key.id);
      const undone = await source.undoRenewal(key.id);
      must(undone.renewal === null && undone.tokens.length === 1, 'One token must be left.');
      must(undone.link?.state !== 'open', 'The link of the new token must be withdrawn.');
      await mustRefuse(() => source.undoRenewal(key.id), 'Undoing twice');
    },
  },
  {
    name: 'completes a renewal by itself at a time at most 90 days ahead, which can be taken back',
    needs: ['generate', 'renew', 'schedule'],
    needsRedeem: true,
    check: async (source, harness) => {
      const { key } = await delivered(source, harness);
      await source.renewKey(key.id);
      const ahead = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
      const set = await source.scheduleRenewal(key.id, ahead(7));
      must(typeof set.renewal?.completeAt === 'string', 'The time must be answered.');
      await mustRefuse(() => source.scheduleRenewal(key.id, ahead(-1)), 'A time in the past');
      await mustRefuse(() => source.scheduleRenewal(key.id, ahead(91)), 'A time beyond 90 days');
      const taken = await source.scheduleRenewal(key.id, null);
      must(taken.renewal?.completeAt === null, 'The time must be taken back.');
    },
  },
  {
    name: 'deletes a key for good',
    needs: ['generate', 'delete'],
    check: async (source) => {
      const { key } = await generated(source);
      await source.deleteKey(key.id);
      must(
        (await present(source, key.id, key.name)) === undefined,
        'It must be gone from the list.',
      );
      await mustRefuse(() => source.deleteKey(key.id), 'Deleting it again');
    },
  },
  {
    name: 'counts calls in ever longer spans',
    needs: ['generate', 'usage'],
    check: async (source) => {
      const { key } = await generated(source);
      const { day, week, month } = await source.keyCalls(key.id);
      must(day <= week && week <= month && day >= 0, 'A day is part of a week, a week of a month.');
    },
  },
  {
    name: 'adds, changes and removes an external key',
    needs: ['external', 'externalEdit'],
    needsExternalKey: true,
    check: async (source, harness) => {
      const role = await grantable(source);
      const added = await source.addExternalKey({
        key: harness.externalKey ?? '',
        roleIds: [role.id],
      });
      must(hasJust(added, role), 'It must have just the role that was chosen.');
      const listed = (await source.listExternalKeys()).find((key) => key.id === added.id);
      must(listed !== undefined && hasJust(listed, role), 'It must be in the list, with its role.');
      const taken = await source.updateExternalKey(added.id, { roleIds: [] });
      must(taken.roles.length === 0, 'A role must be taken away when it is left out.');
      const granted = await source.updateExternalKey(added.id, { roleIds: [role.id] });
      must(hasJust(granted, role), 'It must have just the roles that were chosen.');
      await source.removeExternalKey(added.id);
      const after = await source.listExternalKeys();
      must(!after.some((key) => key.id === added.id), 'It must be gone.');
    },
  },
  {
    name: 'exports all keys',
    needs: ['export'],
    check: (source) => source.exportKeys({ ids: null }),
  },
  {
    name: 'exports some keys, and no key that does not exist',
    needs: ['generate', 'exportChosen'],
    check: async (source) => {
      const { key } = await generated(source);
      await source.exportKeys({ ids: [key.id] });
      await mustRefuse(() => source.exportKeys({ ids: [uniqueName()] }), 'A key that is not there');
    },
  },
  {
    name: 'tells who subscribed that a key changed, until they stop',
    needs: ['generate'],
    needsSubscribe: true,
    check: async (source) => {
      const heard = { one: 0, other: 0 };
      const stop = source.subscribe(() => {
        heard.one += 1;
      });
      const stopOther = source.subscribe(() => {
        heard.other += 1;
      });
      try {
        // It may take a moment until a source listens: a change is repeated until it is heard.
        for (let tries = 0; tries < 20 && heard.one === 0; tries += 1) {
          await generated(source);
          await becomes(() => heard.one > 0, 250);
        }
        must(heard.one > 0, 'It must tell of a new key.');
        stop();
        const before = { ...heard };
        await generated(source);
        must(
          await becomes(() => heard.other > before.other, 5000),
          'Who still listens must be told on.',
        );
        must(heard.one === before.one, 'Who stopped must not be told any more.');
      } finally {
        stop();
        stopOther();
      }
    },
  },
  {
    name: 'keeps its settings',
    needs: ['settings'],
    check: async (source) => {
      const before = await source.readSettings();
      for (const renewalPeriodMonths of [6, 3] as const) {
        await source.saveSettings({ renewalPeriodMonths });
        const saved = await source.readSettings();
        must(
          saved.renewalPeriodMonths === renewalPeriodMonths,
          'What was saved must be read again.',
        );
      }
      await source.saveSettings(before);
    },
  },
];

/**
 * The rules that every data source has to keep, for any test runner. Rules on what the source cannot do
 * are left out.
 *
 * @example
 * for (const { name, run } of await conformanceCases({ create: () => mySource })) it(name, run);
 */
export async function conformanceCases(
  harness: ConformanceHarness,
): Promise<readonly ConformanceCase[]> {
  const source = await harness.create();
  const { capabilities } = source;
  const roles = await source.listRoles();
  const someUngrantable = roles.some((role) => role.grantable === false);
  return rules
    .filter((rule) => rule.needs.every((capability) => capabilities.includes(capability)))
    .filter((rule) => !rule.needsRedeem || harness.redeem !== undefined)
    .filter((rule) => !rule.needsExternalKey || harness.externalKey !== undefined)
    .filter((rule) => !rule.needsUngrantable || someUngrantable)
    .filter((rule) => !rule.needsSubscribe || source.subscribe !== undefined)
    .map((rule) => ({
      name: rule.name,
      // The capabilities say which methods there are; the first rule has checked them.
      run: async () => rule.check((await harness.create()) as Source, harness),
    }));
}
