import { describe, expect, it } from 'vitest';
import { keys } from '../fixtures/keys.ts';
import { daysAgo, hoursAgo, storyTime } from '../fixtures/clock.ts';
import { keyActions, offeredActions } from './actions.ts';
import {
  attentionOf,
  canRenew,
  expiryState,
  isBroadRole,
  isUndelivered,
  isWithinADay,
} from './rules.ts';

const offered = (key: Parameters<typeof offeredActions>[0]) =>
  offeredActions(key, keyActions, storyTime).map(({ action }) => action);

describe('what can be done with a key', () => {
  it('offers to deactivate what is active and to activate what is inactive', () => {
    expect(offered(keys.plain)).toContain('deactivate');
    expect(offered(keys.plain)).not.toContain('activate');
    expect(offered(keys.inactive)).toContain('activate');
    expect(offered(keys.inactive)).not.toContain('deactivate');
  });

  it('offers to complete, schedule and undo only while a renewal is pending', () => {
    const ofRenewal = ['schedule', 'deleteOldToken', 'undoRenewal'];
    expect(offered(keys.twoTokens)).toEqual(expect.arrayContaining(ofRenewal));
    for (const action of ofRenewal) expect(offered(keys.plain)).not.toContain(action);
  });

  it('does not renew while the newest link is open, nor while a delivered renewal is pending', () => {
    expect(canRenew(keys.linkOpen, storyTime)).toBe(false);
    expect(canRenew(keys.twoTokens, storyTime)).toBe(false);
    expect(canRenew(keys.linkExpired, storyTime)).toBe(true);
    expect(canRenew(keys.due, storyTime)).toBe(true);
  });

  it('knows a token that never reached anyone from one that a withdrawn renewal left', () => {
    expect(isUndelivered(keys.linkExpired)).toBe(true);
    expect(isUndelivered(keys.plain)).toBe(false);
    const { link } = keys.linkExpired;
    expect(isUndelivered({ ...keys.plain, link })).toBe(false);
  });

  it('leaves out what is not allowed', () => {
    expect(offeredActions(keys.plain, ['edit'], storyTime)).toEqual([
      { action: 'edit', blocked: null },
    ]);
  });
});

describe('the rules of time', () => {
  it('warns of use within the last 24 hours', () => {
    expect(isWithinADay(hoursAgo(23.9), storyTime)).toBe(true);
    expect(isWithinADay(hoursAgo(24), storyTime)).toBe(false);
    expect(isWithinADay(null, storyTime)).toBe(false);
  });

  it('begins to warn of an expiry 14 days before', () => {
    expect(expiryState(null, storyTime)).toBe('none');
    expect(expiryState(daysAgo(-14.1), storyTime)).toBe('later');
    expect(expiryState(daysAgo(-14), storyTime)).toBe('soon');
    expect(expiryState(daysAgo(0), storyTime)).toBe('expired');
  });
});

describe('a second look', () => {
  it('is deserved by what was not used for 90 days, or never', () => {
    const look = (lastUsedAt: string | null) =>
      attentionOf({ lastUsedAt, expiresAt: null, roles: [] }, [], storyTime);
    expect(look(daysAgo(89.9))).toEqual([]);
    expect(look(daysAgo(90))).toEqual(['idle']);
    expect(look(null)).toEqual(['never']);
  });

  it('is deserved by what expires or may do a lot', () => {
    const key = { lastUsedAt: daysAgo(1), roles: [{ id: 'clerk', name: 'Clerk' }] };
    const roles = [{ id: 'clerk', name: 'Clerk', permissions: ['keys.edit'] }];
    const look = (expiresAt: string) => attentionOf({ ...key, expiresAt }, roles, storyTime);
    expect(look(daysAgo(-3))).toEqual(['expiring', 'broad']);
    expect(look(daysAgo(1))).toEqual(['expired', 'broad']);
  });
});

describe('a broad role', () => {
  it('is one that lets a key manage keys, roles or members, unless it says otherwise', () => {
    expect(isBroadRole({ permissions: ['orders.read', 'keys.view'] })).toBe(false);
    expect(isBroadRole({ permissions: ['roles.edit'] })).toBe(true);
    expect(isBroadRole({ permissions: ['roles.edit'], broad: false })).toBe(false);
    expect(isBroadRole({ permissions: [], broad: true })).toBe(true);
  });
});
