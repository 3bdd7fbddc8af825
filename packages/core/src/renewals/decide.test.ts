import { describe, expect, it } from 'vitest';
import type { ApiKey } from '../keys/key.ts';
import type { LinkFate } from '../links/link.ts';
import { linkState } from '../links/link.ts';
import {
  aKey,
  aLink,
  aToken,
  birth,
  hoursLater,
  redeemed,
  unread,
  withdrawn,
} from '../testing/keys.ts';
import {
  checkSchedule,
  decideCompletion,
  decideDueCompletion,
  decideRenewal,
  decideSchedule,
  decideUndo,
} from './decide.ts';

const delivered = { deliveredAt: hoursLater(1) };
const completeAt = hoursLater(500);

/** A key with its one token behind a link of some fate. */
const settled = (fate: LinkFate): ApiKey =>
  aKey({
    currentToken: aToken('first', fate.state === 'redeemed' ? delivered : {}),
    link: aLink('first', fate),
  });

/** A key that was renewed at its birth, its new token behind a link of some fate. */
const pending = (fate: LinkFate): ApiKey =>
  aKey({
    currentToken: aToken('second', fate.state === 'redeemed' ? delivered : {}),
    link: aLink('second', fate),
    renewal: {
      state: 'pending',
      oldToken: aToken('first', delivered),
      startedAt: birth,
      completeAt: null,
    },
  });

const fresh = { token: aToken('fresh'), link: aLink('fresh', unread, hoursLater(30)) };
const renewAt = (key: ApiKey, now: Date) => decideRenewal(key, fresh, completeAt, now);
const whileOpen = hoursLater(2);
const onceExpired = hoursLater(24);

describe('renewing', () => {
  it.each([
    ['redeemed, soon', redeemed, whileOpen],
    ['redeemed, long ago', redeemed, hoursLater(10_000)],
  ])('keeps a delivered token as the old one: link %s', (_case, fate, now) => {
    const key = settled(fate);
    expect(renewAt(key, now)).toEqual({
      ok: true,
      value: {
        ...key,
        currentToken: fresh.token,
        link: fresh.link,
        renewal: { state: 'pending', oldToken: key.currentToken, startedAt: now, completeAt },
      },
    });
  });

  it.each([
    ['expired', unread, onceExpired],
    ['withdrawn', withdrawn, whileOpen],
  ])('replaces a token that was never delivered: link %s', (_case, fate, now) => {
    const key = settled(fate);
    expect(renewAt(key, now)).toEqual({
      ok: true,
      value: { ...key, currentToken: fresh.token, link: fresh.link, renewal: { state: 'none' } },
    });
  });

  it.each([
    ['expired', unread, onceExpired],
    ['withdrawn', withdrawn, whileOpen],
  ])('replaces an undelivered new token and keeps the old one: link %s', (_case, fate, now) => {
    const key = pending(fate);
    expect(renewAt(key, now)).toEqual({
      ok: true,
      value: {
        ...key,
        currentToken: fresh.token,
        link: fresh.link,
        renewal: { ...key.renewal, completeAt },
      },
    });
  });

  it.each([
    ['of a first token', settled(unread)],
    ['of a pending renewal', pending(unread)],
  ])('is refused while the link %s is open', (_case, key) => {
    expect(renewAt(key, whileOpen)).toMatchObject({ refusal: { code: 'RENEWAL_LINK_OPEN' } });
  });

  it('is refused while a renewal is pending whose token was delivered', () => {
    expect(renewAt(pending(redeemed), whileOpen)).toMatchObject({
      refusal: { code: 'RENEWAL_PENDING' },
    });
  });

  it('keeps the token of an imported key, which never had a link', () => {
    const imported = aKey({ link: null });
    expect(renewAt(imported, whileOpen)).toMatchObject({
      ok: true,
      value: { renewal: { state: 'pending', oldToken: imported.currentToken } },
    });
  });
});

describe('a renewal that is not pending', () => {
  it.each([
    ['open', unread],
    ['redeemed', redeemed],
    ['withdrawn', withdrawn],
  ])('can be neither completed, undone nor scheduled: link %s', (_case, fate) => {
    const key = settled(fate);
    for (const decided of [
      decideCompletion(key),
      decideUndo(key, whileOpen),
      decideSchedule(key, completeAt),
      decideSchedule(key, null),
    ]) {
      expect(decided).toMatchObject({ refusal: { code: 'NO_PENDING_RENEWAL' } });
    }
  });
});

describe.each([
  ['open', unread, whileOpen],
  ['expired', unread, onceExpired],
  ['redeemed', redeemed, whileOpen],
  ['withdrawn', withdrawn, whileOpen],
] as const)('a pending renewal whose link is %s', (state, fate, now) => {
  const key = pending(fate);

  it('is completed by deleting the old token, and nothing else', () => {
    expect(decideCompletion(key)).toEqual({
      ok: true,
      value: { ...key, renewal: { state: 'none' } },
    });
  });

  it('is undone by going back to the old token; only an open link is withdrawn', () => {
    const undone = decideUndo(key, now);
    expect(undone).toMatchObject({
      ok: true,
      value: { currentToken: { id: 'first' }, renewal: { state: 'none' } },
    });
    const link = undone.ok ? undone.value.link : null;
    expect(link && linkState(link, now)).toBe(state === 'open' ? 'withdrawn' : state);
  });

  it('can be scheduled, and the schedule taken back', () => {
    const scheduled = decideSchedule(key, completeAt);
    expect(scheduled).toEqual({
      ok: true,
      value: { ...key, renewal: { ...key.renewal, completeAt } },
    });
    expect(scheduled.ok && decideSchedule(scheduled.value, null)).toEqual({ ok: true, value: key });
  });
});

describe('a scheduled completion', () => {
  it('comes at its time, not before', () => {
    const scheduled = decideSchedule(pending(redeemed), completeAt);
    const key = scheduled.ok ? scheduled.value : undefined;
    expect(key).toBeDefined();
    if (!key) return;
    expect(decideDueCompletion(key, hoursLater(499))).toBe(key);
    expect(decideDueCompletion(key, completeAt)).toEqual({ ...key, renewal: { state: 'none' } });
  });

  it('waits for a new token that nobody received yet', () => {
    for (const fate of [unread, withdrawn]) {
      const scheduled = decideSchedule(pending(fate), completeAt);
      const key = scheduled.ok ? scheduled.value : undefined;
      expect(key && decideDueCompletion(key, hoursLater(100_000))).toBe(key);
    }
  });

  it('stays when an undelivered token is replaced, unless another time is given', () => {
    const scheduled = decideSchedule(pending(withdrawn), completeAt);
    const timeAfter = (given?: Date | null) => {
      if (!scheduled.ok) return undefined;
      const renewed = decideRenewal(scheduled.value, fresh, given, whileOpen);
      const renewal = renewed.ok ? renewed.value.renewal : undefined;
      return renewal?.state === 'pending' ? renewal.completeAt : undefined;
    };
    expect(timeAfter()).toEqual(completeAt);
    expect(timeAfter(null)).toBeNull();
    expect(timeAfter(hoursLater(600))).toEqual(hoursLater(600));
  });

  it('never comes to a renewal without a time, or to a key without a renewal', () => {
    for (const key of [pending(redeemed), settled(redeemed)]) {
      expect(decideDueCompletion(key, hoursLater(100_000))).toBe(key);
    }
  });

  it('is within the next 90 days', () => {
    const now = birth;
    const code = (at: Date | null) => checkSchedule(at, now)?.refusal.code;
    expect(code(null)).toBeUndefined();
    expect(code(new Date(now.getTime() + 1))).toBeUndefined();
    expect(code(hoursLater(90 * 24))).toBeUndefined();
    expect(code(now)).toBe('VALIDATION_FAILED');
    expect(code(hoursLater(-1))).toBe('VALIDATION_FAILED');
    expect(code(new Date(hoursLater(90 * 24).getTime() + 1))).toBe('VALIDATION_FAILED');
  });
});
