import { describe, expect, it } from 'vitest';
import { isPublic } from './addresses.ts';

describe('a public address', () => {
  it.each(['1.1.1.1', '93.184.215.14', '172.32.0.1', '2606:4700:4700::1111', '2a00:1450::1'])(
    'is %s',
    (address) => {
      expect(isPublic(address)).toBe(true);
    },
  );

  it.each([
    ['this machine', ['127.0.0.1', '127.8.8.8', '0.0.0.0', '::', '::1']],
    ['a private network', ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', 'fd00::1']],
    ['the link, where clouds keep credentials', ['169.254.169.254', 'fe80::1', 'fe80::1%eth0']],
    ['behind a carrier', ['100.64.0.1', '100.127.255.255']],
    ['many at once', ['224.0.0.1', '255.255.255.255', 'ff02::1']],
    ['for documents and tests', ['192.0.2.1', '198.18.0.1', '203.0.113.1', '2001:db8::1']],
    ['IPv4 in IPv6', ['::ffff:10.0.0.1', '::ffff:1.1.1.1', '::7f00:1', '64:ff9b::a00:1']],
    ['a tunnel', ['2002:7f00:1::', '2001:0:4136:e378:8000:63bf:3fff:fdd2']],
    ['not given out', ['240.0.0.1', '4000::1', '5f00::1', 'fec0::1']],
    ['no address', ['', 'localhost', '1.1.1.1.1']],
  ])('is nothing that is %s', (_, addresses) => {
    expect(addresses.filter(isPublic)).toEqual([]);
  });
});
