import { expect, it } from 'vitest';
import { readAuditSearch } from './search.ts';

it('reads the filters of the audit log, and leaves out what it does not know', () => {
  expect(readAuditSearch({ actor: 'olga', action: 'key.deleted', keyId: 'k1', page: 2 })).toEqual({
    actor: 'olga',
    action: 'key.deleted',
    keyId: 'k1',
  });
  expect(readAuditSearch({ actor: '', action: 'key.stolen', keyId: {} })).toEqual({});
});
