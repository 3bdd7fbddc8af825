import { describe, expect, it } from 'vitest';
import { readCredentialHeaders } from './credential-headers.ts';

const names = { key: 'x-api-key', token: 'x-api-token' };
const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

describe('the credential in a request’s headers', () => {
  it.each([
    [
      { 'x-api-key': 'k', 'x-api-token': 't' },
      { state: 'presented', key: 'k', token: 't' },
    ],
    [{ 'x-api-token': 't' }, { state: 'presented', token: 't' }],
    [{ authorization: 'Bearer t' }, { state: 'presented', token: 't' }],
    [{ authorization: 'bearer  t ' }, { state: 'presented', token: 't' }],
    [{ authorization: basic('k:t') }, { state: 'presented', key: 'k', token: 't' }],
    [
      { 'x-api-key': 'k', authorization: 'Bearer t' },
      { state: 'presented', key: 'k', token: 't' },
    ],
    [
      { 'x-api-key': '', 'x-api-token': '', authorization: 'Bearer t' },
      { state: 'presented', token: 't' },
    ],
  ])('is read from %j', (headers, expected) => {
    expect(readCredentialHeaders(headers, names)).toEqual(expected);
  });

  it.each([
    {},
    { 'x-api-key': '', 'x-api-token': '' },
    { 'x-api-key': 'k' },
    { authorization: 'Digest username="ana"' },
    { authorization: '' },
  ])('is none in %j', (headers) => {
    expect(readCredentialHeaders(headers, names)).toEqual({ state: 'none' });
  });

  it.each([
    { authorization: 'Bearer' },
    { authorization: 'Bearer two words' },
    { authorization: basic('no colon') },
    { authorization: basic('k:') },
    { authorization: basic(':t') },
  ])('is malformed in %j', (headers) => {
    expect(readCredentialHeaders(headers, names)).toMatchObject({ state: 'malformed' });
  });
});
