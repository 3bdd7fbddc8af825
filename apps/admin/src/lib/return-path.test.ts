import { describe, expect, it } from 'vitest';
import { safeReturnPath } from './return-path.ts';

describe('where to go after signing in', () => {
  it('returns to the page that asked for it, with its filters', () => {
    expect(safeReturnPath('/a/acme/audit?action=key.deleted')).toBe(
      '/a/acme/audit?action=key.deleted',
    );
  });

  it.each([
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example/',
    '/\t/evil.example/',
    '/.//evil.example/',
    'javascript:alert(1)',
    'a/acme/keys',
    '',
    undefined,
    42,
  ])('leads to no other place than a page of ours: %j', (path) => {
    expect(safeReturnPath(path)).toBe('/');
  });

  it('does not lead back to signing in', () => {
    expect(safeReturnPath('/sign-in?return=%2Fsign-in')).toBe('/');
  });
});
