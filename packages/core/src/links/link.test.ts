import { describe, expect, it } from 'vitest';
import { aKey, aLink, hoursLater, redeemed, unread, withdrawn } from '../testing/keys.ts';
import { linkState, withoutOpenLink } from './link.ts';

const link = (fate = unread) => aLink('first', fate);
const lastMoment = new Date(hoursLater(24).getTime() - 1);

describe('a link', () => {
  it('is open for 24 hours', () => {
    expect(linkState(link(), hoursLater(0))).toBe('open');
    expect(linkState(link(), lastMoment)).toBe('open');
    expect(linkState(link(), hoursLater(24))).toBe('expired');
  });

  it('expires whether or not its ciphertext was erased already', () => {
    expect(linkState(link({ state: 'unread', ciphertext: null }), hoursLater(25))).toBe('expired');
  });

  it('stays redeemed or withdrawn for ever', () => {
    for (const now of [hoursLater(2), hoursLater(1000)]) {
      expect(linkState(link(redeemed), now)).toBe('redeemed');
      expect(linkState(link(withdrawn), now)).toBe('withdrawn');
    }
  });

  it('can be withdrawn while it is open, which erases its ciphertext', () => {
    const key = withoutOpenLink(aKey({ link: link() }), hoursLater(1));
    expect(key.link?.fate).toEqual({ state: 'withdrawn' });
  });

  it('cannot be withdrawn when it is not open', () => {
    for (const key of [
      aKey({ link: link() }),
      aKey({ link: link(redeemed) }),
      aKey({ link: link(withdrawn) }),
      aKey({ link: null }),
    ]) {
      expect(withoutOpenLink(key, hoursLater(24))).toBe(key);
    }
  });
});
