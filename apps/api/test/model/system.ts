import * as core from '@latchkey/core';
import { v7 } from 'uuid';
import { nodeCrypto } from '../../src/crypto/node-crypto.ts';
import type { Action, By } from './actions.ts';
import {
  byId,
  inOrder,
  placesToTry,
  type AccountSight,
  type ExternalKeySight,
  type KeySight,
  type Sight,
} from './expectation.ts';
import type { Outcome } from './rules.ts';
import { RuleBroken, type AccountState, type EventState, type World } from './world.ts';

const birth = Date.UTC(2026, 0, 31, 22, 30);
const adminAddress = '198.51.100.7';
const time = (date: Date | null) => date?.getTime() ?? null;
const date = (at: number | null) => (at === null ? null : new Date(at));

/** Whether something is of the version that an admin saw, if they say. */
const isVersion = (version: number | undefined) => (seen: { version: number }) =>
  version === undefined || version === seen.version;

function describeVerdict(verdict: core.Verdict): string {
  if (!verdict.valid) return verdict.code;
  const { key, account, roles, permissions } = verdict;
  return `VALID: ${key.key} "${key.name}" of ${key.account} in ${account} as ${roles.join()} may ${permissions.join()}`;
}

/** The real use cases on a real store, driven by the actions of a history. */
export class System {
  readonly #store: core.Store;
  readonly #serverSecrets: [Uint8Array, ...Uint8Array[]] = [nodeCrypto.randomBytes(32)];
  #keyring: core.Keyring;
  #now = birth;
  #uses: { tokenId: string; keyId: string; at: Date }[] = [];
  /** What nobody but a reader ever gets to see: tokens by the id of their link, which the issuer's side hands to the keyring. */
  readonly #sealed = new Map<string, core.Secret>();
  /** The tokens by id, and the link tokens by the id of the link. */
  readonly #tokens = new Map<string, core.Secret>();
  readonly #linkTokens = new Map<string, core.Secret>();

  constructor(store: core.Store) {
    this.#store = store;
    this.#keyring = core.makeKeyring(nodeCrypto, this.#serverSecrets);
  }

  #ports(usage: core.UsageCounter = { count: (use) => this.#uses.push(use) }): core.Ports {
    return {
      store: this.#store,
      clock: { now: () => new Date(this.#now) },
      crypto: nodeCrypto,
      keyring: {
        ...this.#keyring,
        seal: (token, linkToken, linkId) => {
          this.#sealed.set(linkId, token);
          this.#linkTokens.set(linkId, linkToken);
          return this.#keyring.seal(token, linkToken, linkId);
        },
      },
      usage,
      newId: v7,
      settings: {
        publicUrl: 'https://keys.example',
        tokenPrefix: 'lk',
        importedTokens: false,
        mails: true,
      },
    };
  }

  /** Every secret that was made: none of them may stand anywhere in the clear. */
  secrets(): string[] {
    return [...this.#tokens.values(), ...this.#linkTokens.values()].map((it) => it.reveal());
  }

  /** Makes two accounts, each with an owner, a manager who is no owner, and a clerk. */
  async begin(): Promise<World> {
    const accounts: AccountState[] = [];
    for (const name of ['a', 'b']) accounts.push(await this.#makeAccount(name));
    return {
      now: birth,
      accounts,
      keys: [],
      tokens: [],
      links: [],
      grants: [],
      unwrittenUses: [],
    };
  }

  async #makeAccount(name: string): Promise<AccountState> {
    const id = v7();
    const slug = `${name}-${id.slice(-12)}`;
    const createdAt = new Date(this.#now);
    const [owner, viewer] = core.predefinedRoles;
    const custom = { description: '', predefined: null };
    const roles: core.Role[] = [
      owner,
      viewer,
      { ...custom, name: 'Manager', permissions: core.managementPermissions },
      { ...custom, name: 'Clerk', permissions: ['keys.view', 'keys.edit', 'orders.read'] },
      { ...custom, name: 'Renewer', permissions: ['keys.renew', 'keys.view'] },
    ].map((role) => ({ ...role, id: v7(), accountId: id, createdAt }));
    const members = [0, 2, 3].map((at): core.Member => {
      const person = v7();
      return {
        id: v7(),
        accountId: id,
        email: `${person}@example.com`,
        name: 'Somebody',
        roleIds: [roles[at]?.id ?? ''],
        createdAt,
        membership: { state: 'active', personId: person, joinedAt: createdAt },
      };
    });
    await this.#store.transaction(async (repositories) => {
      const account = { id, slug, name, renewalPeriodMonths: 3, createdAt } as const;
      await repositories.accounts.add(account);
      for (const role of roles) await repositories.roles.save(role);
      for (const member of members) await repositories.members.save(member);
    });
    return {
      id,
      slug,
      period: 3,
      roles: roles.map((role) => ({
        id: role.id,
        name: role.name,
        permissions: [...role.permissions],
        owner: role.predefined === 'owner',
        predefined: role.predefined !== null,
      })),
      members: members.map((member) => ({
        id: member.id,
        personId: member.membership.state === 'active' ? member.membership.personId : '',
        roleIds: [...member.roleIds],
      })),
      events: [],
      refusals: [],
    };
  }

  /** Lets whoever acts into their account, as a request does before it acts. */
  async #enter(world: World, by: By): Promise<core.Call> {
    const personId = world.accounts
      .flatMap((account) => account.members)
      .find((member) => member.id === by.id)?.personId;
    const principal: core.Principal =
      by.kind === 'key'
        ? { kind: 'key', id: by.id, key: '', owner: by.account }
        : { kind: 'person', id: personId ?? '', email: '', name: '' };
    const entered = await core.enterAccount(this.#ports(), principal, by.account);
    if (!entered.ok) throw new RuleBroken(`${by.kind} ${by.id} is let into the account.`);
    return { ...entered.value, from: adminAddress };
  }

  /** Prepares an action; what is returned does it. */
  async prepare(world: World, action: Action): Promise<() => Promise<Outcome>> {
    if (!('by' in action)) return () => this.#happen(action);
    const call = await this.#enter(world, action.by);
    return () => this.#act(call, action);
  }

  #issued({ key, link }: { key: core.ApiKey; link: core.IssuedLink }): Outcome['made'] {
    if (!key.link) throw new RuleBroken('A new token comes with a new link.');
    const token = this.#sealed.get(key.link.id);
    const linkToken = this.#linkTokens.get(key.link.id);
    if (!token || !linkToken) throw new RuleBroken('A new token is sealed.');
    if (link.url.reveal() !== `https://keys.example/credentials/${linkToken.reveal()}`) {
      throw new RuleBroken('The issuer gets the address of the link.');
    }
    this.#tokens.set(key.currentToken.id, token);
    return {
      id: key.id,
      identifier: key.key,
      tokenId: key.currentToken.id,
      linkId: key.link.id,
      linkExpiresAt: link.expiresAt.getTime(),
    };
  }

  async #act(call: core.Call, action: Extract<Action, { by: By }>): Promise<Outcome> {
    const ports = this.#ports();
    const answer = <T>(result: core.Result<T>, made?: (value: T) => Outcome['made']): Outcome => {
      if (!result.ok) return { code: result.refusal.code };
      const ids = made?.(result.value);
      return { code: 'OK', ...(ids && { made: ids }) };
    };
    switch (action.do) {
      case 'generate': {
        const { name, roleIds } = action;
        const input = { name, roleIds, expiresAt: date(action.expiresAt) };
        return answer(await core.generateKey(ports, call, input), (it) => this.#issued(it));
      }
      case 'edit': {
        const { by: _by, do: _do, keyId, version, expiresAt, ...input } = action;
        const expiry = expiresAt === undefined ? {} : { expiresAt: date(expiresAt) };
        const isSeen = isVersion(version);
        return answer(await core.editKey(ports, call, keyId, { ...input, ...expiry }, isSeen));
      }
      case 'renew': {
        const { keyId, completeAt } = action;
        const at = completeAt === undefined ? undefined : date(completeAt);
        return answer(await core.renewToken(ports, call, keyId, at), (it) => this.#issued(it));
      }
      case 'reschedule': {
        const { keyId, completeAt } = action;
        return answer(await core.rescheduleRenewal(ports, call, keyId, date(completeAt)));
      }
      case 'complete':
        return answer(await core.completeRenewal(ports, call, action.keyId));
      case 'undo':
        return answer(await core.undoRenewal(ports, call, action.keyId));
      case 'withdraw':
        return answer(await core.withdrawLink(ports, call, action.keyId));
      case 'delete':
        return answer(await core.deleteKey(ports, call, action.keyId));
      case 'createRole': {
        const { name, permissions } = action;
        const input = { name, description: '', permissions };
        return answer(await core.createRole(ports, call, input), ({ id }) => ({ id }));
      }
      case 'editRole': {
        const { roleId, permissions } = action;
        return answer(await core.editRole(ports, call, roleId, { permissions }));
      }
      case 'deleteRole':
        return answer(await core.deleteRole(ports, call, action.roleId));
      case 'editMember':
        return answer(await core.editMember(ports, call, action.memberId, action.roleIds));
      case 'removeMember':
        return answer(await core.removeMember(ports, call, action.memberId));
      case 'grant': {
        const { identifier, roleIds } = action;
        const added = await core.addExternalKey(ports, call, identifier, roleIds);
        return answer(added, ({ externalKey }) => ({ id: externalKey.id }));
      }
      case 'editGrant': {
        const { grantId, roleIds, version } = action;
        const isSeen = isVersion(version);
        return answer(await core.editExternalKey(ports, call, grantId, roleIds, isSeen));
      }
      case 'removeGrant':
        return answer(await core.removeExternalKey(ports, call, action.grantId));
      case 'changePeriod': {
        const settings = { renewalPeriodMonths: action.months };
        return answer(await core.changeSettings(ports, call, settings));
      }
      case 'list':
        return this.#list(call, action);
    }
  }

  async #list(call: core.Call, action: Extract<Action, { do: 'list' }>): Promise<Outcome> {
    const { by: _by, do: _do, ...query } = action;
    const ids: string[] = [];
    let cursor: string | undefined;
    let total = 0;
    do {
      const page = await core.listKeys(this.#ports(), call, { ...query, cursor });
      if (!page.ok) return { code: page.refusal.code };
      if (page.value.items.length > action.limit) throw new RuleBroken('A page has its limit.');
      ids.push(...page.value.items.map((key) => key.id));
      total = page.value.total;
      cursor = page.value.nextCursor ?? undefined;
    } while (cursor !== undefined && ids.length < 1000);
    return { code: 'OK', listed: { ids, total } };
  }

  async #happen(action: Exclude<Action, { by: By }>): Promise<Outcome> {
    const ports = this.#ports();
    switch (action.do) {
      case 'redeem':
      case 'preview': {
        const linkToken = this.#linkTokens.get(action.linkId);
        if (!linkToken) throw new Error('The system knows no such link.');
        if (action.do === 'preview') {
          const shown = await core.previewLink(ports, linkToken, action.from);
          return { code: shown.ok ? 'OK' : shown.refusal.code };
        }
        const redeemed = await core.redeemLink(ports, linkToken, action.from);
        if (!redeemed.ok) return { code: redeemed.refusal.code };
        const { key, token } = redeemed.value;
        const received = token.reveal();
        const known = [...this.#tokens].find(([, secret]) => secret.reveal() === received);
        return { code: 'OK', received: { key, tokenId: known?.[0] } };
      }
      case 'verify': {
        const { tokenId, key, account, permissions } = action;
        const token = this.#tokens.get(tokenId)?.reveal() ?? '';
        const verdict = await core.verify(ports, { key, token, account, permissions });
        return { code: 'OK', verdict: describeVerdict(verdict) };
      }
      case 'writeUsage': {
        const usage = this.#uses.map(({ tokenId, keyId, at }) => ({
          tokenId,
          keyId,
          day: at.toISOString().slice(0, 10),
          count: 1,
          lastUsedAt: at,
        }));
        this.#uses = [];
        await this.#store.keys.addUsage(usage);
        return { code: 'OK' };
      }
      case 'sweep':
        // Other histories leave renewals behind in the same database, and a sweep takes so many at a time.
        while ((await core.completeDueRenewals(ports)) > 0);
        await core.eraseExpiredLinks(ports);
        return { code: 'OK' };
      case 'rotateSecret':
        this.#serverSecrets.unshift(nodeCrypto.randomBytes(32));
        this.#keyring = core.makeKeyring(nodeCrypto, this.#serverSecrets);
        return { code: 'OK' };
      case 'wait':
        this.#now = action.until;
        return { code: 'OK' };
    }
  }

  #seeKey(key: core.ApiKey, period: core.RenewalPeriodMonths): KeySight {
    const now = new Date(this.#now);
    const { currentToken, renewal, link } = key;
    const see = (token: core.Token, state: 'current' | 'old') => ({
      id: token.id,
      state,
      createdAt: token.createdAt.getTime(),
      delivered: token.deliveredAt !== null,
      lastUsedAt: time(token.lastUsedAt),
    });
    const pending = renewal.state === 'pending' ? renewal : undefined;
    const read = link?.fate.state === 'redeemed' ? link.fate : undefined;
    return {
      id: key.id,
      key: key.key,
      name: key.name,
      status: key.status,
      roleIds: key.roleIds.toSorted(),
      createdAt: key.createdAt.getTime(),
      expiresAt: time(key.expiresAt),
      lastUsedAt: time(key.lastUsedAt),
      version: key.version,
      alert: core.renewalAlert(key, period, now),
      tokens: [see(currentToken, 'current'), ...(pending ? [see(pending.oldToken, 'old')] : [])],
      renewal: pending
        ? { startedAt: pending.startedAt.getTime(), completeAt: time(pending.completeAt) }
        : null,
      link: link && {
        id: link.id,
        state: core.linkState(link, now),
        expiresAt: link.expiresAt.getTime(),
        redeemedAt: time(read?.at ?? null),
        redeemedFrom: read?.from ?? null,
      },
    };
  }

  async #seeEvents(accountId: string) {
    const events: EventState[] = [];
    const walk = async function* (audit: core.AuditRepository) {
      for await (const event of audit.walk(accountId)) {
        const { kind, id } = event.actor;
        events.push({
          action: event.action,
          actor: id === null ? kind : `${kind} ${id}`,
          keyId: event.keyId,
          at: event.at.getTime(),
          from: event.from,
        });
        told.push(JSON.stringify(event));
        yield event;
      }
    };
    const told: string[] = [];
    const { audit } = this.#store;
    const verdict = await core.verifyChain(nodeCrypto, walk(audit), () => audit.head(accountId));
    const text = told.join('\n');
    if (this.secrets().some((secret) => text.includes(secret))) {
      throw new RuleBroken('No audit event holds a secret.');
    }
    const chain = verdict.intact
      ? `intact, ${String(verdict.events)} events`
      : `broken at ${String(verdict.brokenAt)}: ${verdict.reason}`;
    return { events: inOrder(events), chain };
  }

  async #seeAccount({ id, slug }: AccountState): Promise<AccountSight> {
    const { accounts, keys, roles, externalKeys } = this.#store;
    const account = await accounts.findBySlug(slug);
    if (!account) throw new RuleBroken('An account stays.');
    const { renewalPeriodMonths } = account;
    const [page, listed, allRoles, audit] = await Promise.all([
      keys.list({
        accountId: id,
        renewalPeriodMonths,
        now: new Date(this.#now),
        sort: 'createdAt',
        order: 'asc',
        limit: 100,
      }),
      externalKeys.list(id),
      roles.list(id),
      this.#seeEvents(id),
    ]);
    return {
      period: renewalPeriodMonths,
      keys: (page?.items ?? []).map((key) => this.#seeKey(key, renewalPeriodMonths)).sort(byId),
      total: page?.total ?? -1,
      externalKeys: listed
        .map(({ externalKey, status }): ExternalKeySight => ({
          id: externalKey.id,
          key: externalKey.key,
          owner: externalKey.owner,
          roleIds: externalKey.roleIds.toSorted(),
          addedAt: externalKey.addedAt.getTime(),
          status,
          version: externalKey.version,
        }))
        .sort(byId),
      roles: allRoles.map((role) => `${role.name}: ${role.permissions.toSorted().join()}`).sort(),
      ...audit,
    };
  }

  /** Sees all that can be seen, without leaving a trace. */
  async see(world: World): Promise<Sight> {
    const ports = this.#ports({ count: () => undefined });
    const verdictOn = async (tokenId: string, place: { account?: string }) => {
      const token = this.#tokens.get(tokenId)?.reveal() ?? '';
      return describeVerdict(await core.verify(ports, { token, ...place, permissions: [] }));
    };
    const [accounts, verdicts] = await Promise.all([
      Promise.all(
        world.accounts.map(async (account) => [account.slug, await this.#seeAccount(account)]),
      ),
      Promise.all(
        world.tokens.map(async (token) => [
          token.id,
          await Promise.all(placesToTry(world, token).map((place) => verdictOn(token.id, place))),
        ]),
      ),
    ]);
    return {
      accounts: Object.fromEntries(accounts) as Sight['accounts'],
      verdicts: Object.fromEntries(verdicts) as Sight['verdicts'],
    };
  }
}
