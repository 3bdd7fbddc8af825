import { expect, it } from 'vitest';
import { readLinkToken } from './link.ts';

it.each([
  ['/credentials/3Qk0p', '3Qk0p'],
  ['/credentials/3Qk0p/', '3Qk0p'],
  ['/credentials/a%2Fb', 'a/b'],
  ['/credentials/%E0%A4%A', '%E0%A4%A'],
])('reads the link token of %s', (pathname, linkToken) => {
  expect(readLinkToken(pathname)).toBe(linkToken);
});
