import { describe, expect, it } from 'vitest';
import { readCredentialHeaders as readRequest } from './credential-headers.ts';

const names = { key: 'x-api-key', token: 'x-api-token' };
const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

const readCredentialHeaders = (headers: Record<string, string | string[]>) =>
  readRequest(
    {
      headersDistinct: Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name, [value].flat()]),
      ),
    },
    names,
  );

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
      { 'x-api-key': 'k', authorization: basic('k:t') },
      { state: 'presented', key: 'k', token: 't' },
    ],
    [
      { 'x-api-token': ['', 't'], authorization: 'Digest username="ana"' },
      { state: 'presented', token: 't' },
    ],
    [
      { 'x-api-key': '', 'x-api-token': '', authorization: 'Bearer t' },
      { state: 'presented', token: 't' },
    ],
  ])('is read from %j', (headers, expected) => {
    expect(readCredentialHeaders(headers)).toEqual(expected);
  });

  it.each([
    {},
    { 'x-api-key': '', 'x-api-token': '' },
    { 'x-api-key': 'k' },
    { authorization: 'Digest username="ana"' },
    { authorization: '' },
  ])('is none in %j', (headers) => {
    expect(readCredentialHeaders(headers)).toEqual({ state: 'none' });
  });

  it.each([
    { authorization: 'Bearer' },
    { authorization: 'Bearer two words' },
    { authorization: basic('no colon') },
    { authorization: basic('k:') },
    { authorization: basic(':t') },
    { 'x-api-token': ['t', 't'] },
    { 'x-api-key': ['k', 'l'], 'x-api-token': 't' },
    { 'x-api-token': 't, u' },
    { authorization: ['Bearer t', 'Bearer u'] },
    { 'x-api-token': 't', authorization: 'Bearer t' },
    { 'x-api-key': 'k', 'x-api-token': 't', authorization: basic('k:t') },
    { 'x-api-token': 't', authorization: 'Bearer' },
    { 'x-api-key': 'k', authorization: basic('l:t') },
  ])('is malformed in %j', (headers) => {
    expect(readCredentialHeaders(headers)).toMatchObject({ state: 'malformed' });
  });
});
