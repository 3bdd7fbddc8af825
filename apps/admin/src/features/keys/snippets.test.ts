import { describe, expect, it } from 'vitest';
import guide from '../../../../../docs/deploy/nginx.md?raw';
import { snippetsOf } from './snippets.ts';

const filling = {
  key: 'lk-acme-7Q4ZK2MD',
  origin: 'https://keys.example.com',
  permission: 'orders.read',
  headers: { key: 'x-api-key', token: 'x-api-token' },
};

describe('the snippets', () => {
  const snippets = snippetsOf(filling);

  it.each(snippets)('fill $label with the key, the host and the permission', ({ code }) => {
    expect(code).toContain('lk-acme-7Q4ZK2MD');
    expect(code).toContain('https://keys.example.com/v1/');
    expect(code).toContain('orders.read');
  });

  it.each(snippetsOf({ ...filling, permission: null }))(
    'ask for no permission where the key has none: $label',
    ({ code }) => {
      expect(code).toContain('https://keys.example.com/v1/');
      expect(code).not.toMatch(/\bpermission\b|null/);
    },
  );

  it('in curl is JSON around the token, with and without a permission', () => {
    for (const permission of ['orders.read', null]) {
      const [curl] = snippetsOf({ ...filling, permission });
      const body = /-d '(.*)'$/s.exec(curl?.code ?? '')?.[1] ?? '';
      expect(JSON.parse(body.replace(`'"$LATCHKEY_TOKEN"'`, 'lk_x'))).toEqual({
        key: 'lk-acme-7Q4ZK2MD',
        token: 'lk_x',
        ...(permission !== null && { permission }),
      });
    }
  });

  it.each(snippets)('hold no token: $label', ({ code }) => {
    expect(code).not.toMatch(/lk_[0-9A-Za-z]{10,}/);
  });

  it('for nginx set and blank the very headers that the guide does', () => {
    const settings = (text: string) =>
      [...text.matchAll(/^ +((?:auth_request_set|proxy_set_header) .*);$/gm)]
        .map(([, setting]) => setting?.replaceAll(/ +/g, ' '))
        .filter((setting) => setting !== 'proxy_set_header Host keys.example.com')
        .sort();
    const nginx = snippets.find(({ name }) => name === 'nginx')?.code ?? '';
    expect(settings(nginx)).toEqual(settings(guide));
    expect(settings(nginx)).toContain('proxy_set_header X-API-Key ""');
  });

  it('for nginx blank the headers that this instance takes credentials from', () => {
    const headers = { key: 'acme-key', token: 'x-acme-api-token' };
    const nginx = snippetsOf({ ...filling, headers }).find(({ name }) => name === 'nginx');
    expect(nginx?.code).toMatch(/proxy_set_header Acme-Key +"";/);
    expect(nginx?.code).toMatch(/proxy_set_header X-Acme-API-Token +"";/);
    expect(nginx?.code).not.toContain('X-API-');
  });
});
