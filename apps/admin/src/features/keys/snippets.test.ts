import { describe, expect, it } from 'vitest';
import { snippetsOf } from './snippets.ts';

describe('the snippets', () => {
  const snippets = snippetsOf('lk-acme-7Q4ZK2MD', 'https://keys.example.com', 'orders.read');

  it.each(snippets)('fill $label with the key, the host and the permission', ({ code }) => {
    expect(code).toContain('lk-acme-7Q4ZK2MD');
    expect(code).toContain('https://keys.example.com/v1/');
    expect(code).toContain('orders.read');
  });

  it.each(snippetsOf('lk-acme-7Q4ZK2MD', 'https://keys.example.com', null))(
    'ask for no permission where the key has none: $label',
    ({ code }) => {
      expect(code).toContain('https://keys.example.com/v1/');
      expect(code).not.toMatch(/permission|null/);
    },
  );

  it('in curl is JSON around the token, with and without a permission', () => {
    for (const permission of ['orders.read', null]) {
      const [curl] = snippetsOf('lk-acme-7Q4ZK2MD', 'https://keys.example.com', permission);
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
});
