import { describe, expect, it } from 'vitest';
import { makeCheckUrl } from './check-url.ts';

describe('the URL of a webhook', () => {
  const check = makeCheckUrl(false);

  it.each([
    'https://hooks.example.com/latchkey?team=1',
    'https://hooks.example.com:8443',
    'https://1.1.1.1/',
    'https://[2606:4700:4700::1111]/',
  ])('may be %s', (url) => {
    expect(check(url)).toBeUndefined();
  });

  it.each([
    ['hooks', 'no URL'],
    ['http://hooks.example.com/', 'https only'],
    ['ftp://hooks.example.com/', 'https only'],
    ['https://user:word@hooks.example.com/', 'a user or a password'],
    ['https://hooks.example.com/#part', 'never sent'],
    ['https://127.0.0.1/', 'private address'],
    ['https://0x7f.1/', 'private address'],
    ['https://2130706433/', 'private address'],
    ['https://[::1]/', 'private address'],
    ['https://[::ffff:10.0.0.1]/', 'private address'],
    ['https://localhost/', 'private address'],
    ['https://LOCALHOST./', 'private address'],
    ['https://printer.local/', 'private address'],
    ['https://metadata.google.internal/', 'private address'],
  ])('may not be %s: %s', (url, why) => {
    expect(check(url)).toContain(why);
  });

  it('may lead anywhere, by http too, where the operator allows it', () => {
    const lax = makeCheckUrl(true);
    expect(lax('http://127.0.0.1:4000/hook')).toBeUndefined();
    expect(lax('http://localhost/hook')).toBeUndefined();
    expect(lax('ftp://localhost/hook')).toContain('https only');
    expect(lax('http://user:word@localhost/')).toContain('a user or a password');
  });
});
