import { describe, expect, it } from 'vitest';
import { snippetsOf } from './snippets.ts';

describe('the snippets', () => {
  const snippets = snippetsOf('lk-acme-7Q4ZK2MD', 'https://keys.example.com', 'orders.read');

  it.each(snippets)('fill $label with the key, the host and the permission', ({ code }) => {
    expect(code).toContain('lk-acme-7Q4ZK2MD');
    expect(code).toContain('https://keys.example.com/v1/');
    expect(code).toContain('orders.read');
  });

  it.each(snippets)('hold no token: $label', ({ code }) => {
    expect(code).not.toMatch(/lk_[0-9A-Za-z]{10,}/);
  });
});
