import { describe, expect, it } from 'vitest';
import { changeSearch, offsetOf, queryOf, readKeysSearch } from './search.ts';

describe('the address of the list of keys', () => {
  it('says nothing of what is as usual', () => {
    expect(readKeysSearch({ sort: 'createdAt', order: 'desc', size: '25' })).toEqual({});
  });

  it('keeps what was chosen', () => {
    const raw = { search: 'erp', status: 'inactive', role: 'r1', alert: 'due', sort: 'name' };
    expect(readKeysSearch({ ...raw, order: 'asc', size: 50 })).toEqual({
      ...raw,
      order: 'asc',
      size: 50,
    });
  });

  it('searches for numbers and words of programming as for any other', () => {
    expect(readKeysSearch({ search: 2026 })).toEqual({ search: '2026' });
    expect(readKeysSearch({ search: true })).toEqual({ search: 'true' });
  });

  it('leaves out what it cannot mean', () => {
    const raw = { status: 'gone', sort: 'color', order: 'up', size: 7, alert: [], role: {} };
    expect(readKeysSearch({ ...raw, search: 'x'.repeat(201) })).toEqual({});
  });

  it('asks for each reason for a second look by its own parameter', () => {
    const asked = (attention: string) => {
      const { sort: _, order: __, limit: ___, ...query } = queryOf(readKeysSearch({ attention }));
      return query;
    };
    expect(asked('idle')).toEqual({ usage: 'idle' });
    expect(asked('never')).toEqual({ usage: 'never' });
    expect(asked('expiring')).toEqual({ expiry: 'soon' });
    expect(asked('expired')).toEqual({ expiry: 'expired' });
    expect(asked('broad')).toEqual({ access: 'broad' });
    expect(asked('other')).toEqual({});
  });

  it('knows a later page only with its cursor', () => {
    expect(readKeysSearch({ page: 3 })).toEqual({});
    expect(readKeysSearch({ page: 1, cursor: 'c' })).toEqual({});
    expect(readKeysSearch({ page: '3', cursor: 'c' })).toEqual({ page: 3, cursor: 'c' });
  });

  it('begins with the first page when something else is listed', () => {
    const third = { search: 'erp', page: 3, cursor: 'c' } as const;
    expect(changeSearch(third, { status: 'active' })).toEqual({ search: 'erp', status: 'active' });
    expect(changeSearch(third, { search: undefined })).toEqual({});
  });

  it('asks the API for the same', () => {
    expect(queryOf({ search: 'erp', page: 3, cursor: 'c', size: 10 })).toEqual({
      search: 'erp',
      cursor: 'c',
      sort: 'createdAt',
      order: 'desc',
      limit: 10,
    });
    expect(offsetOf({ page: 3, cursor: 'c', size: 10 })).toBe(20);
    expect(offsetOf({})).toBe(0);
  });
});
