import { describe, expect, it } from 'vitest';
import { networkOf } from './network.ts';

describe('one place', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:0:7::1', '2001:db8:0:7:ffff::2'],
    ['2001:db8:0:7:a::1%eth0', '2001:db8:0:7::'],
  ])('is %s and %s', (one, other) => {
    expect(networkOf(one)).toBe(networkOf(other));
  });

  it.each([
    ['192.0.2.1', '192.0.2.2'],
    ['2001:db8:0:7::1', '2001:db8:0:8::1'],
    ['192.0.2.1', null],
  ])('is not %s and %s', (one, other) => {
    expect(networkOf(one)).not.toBe(networkOf(other));
  });
});
