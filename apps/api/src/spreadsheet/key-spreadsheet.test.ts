import { PassThrough, Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import type { ApiKey, ListedExternalKey } from '@latchkey/core';
import readExcelFile from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { writeKeySpreadsheet } from './key-spreadsheet.ts';

const now = new Date('2026-11-24T09:30:00.000Z');

function makeKey(number: number): ApiKey {
  const id = `019aa0f6-5b7e-7c1d-9d43-${String(number).padStart(12, '0')}`;
  return {
    id,
    accountId: 'account',
    key: `lk-acme-${String(number).padStart(8, '0')}`,
    name: `Order import ${String(number)}`,
    status: 'active',
    roleIds: [],
    createdAt: now,
    expiresAt: null,
    lastUsedAt: null,
    currentToken: { id, hash: '', createdAt: now, deliveredAt: null, lastUsedAt: null },
    renewal: { state: 'none' },
    link: null,
    version: 1,
  };
}

/** Keys without end or to a number, and how many of them were taken. */
class Keys {
  taken = 0;
  readonly #count: number;

  constructor(count: number) {
    this.#count = count;
  }

  async *[Symbol.asyncIterator]() {
    while (this.taken < this.#count) yield makeKey(this.taken++);
  }
}

async function* none(): AsyncGenerator<ListedExternalKey> {}

describe('the spreadsheet of keys', () => {
  it('takes no more keys than its reader takes bytes', async () => {
    const keys = new Keys(Infinity);
    let reading = false;
    let readOn: (() => void) | undefined;
    const reader = new Writable({
      write(_chunk, _encoding, done) {
        if (reading) done();
        else readOn = done;
      },
    });
    const writing = writeKeySpreadsheet(reader, { keys, externalKeys: none(), roles: [] });
    writing.catch(() => undefined);
    let seen = -1;
    while (seen !== keys.taken || seen === 0) {
      seen = keys.taken;
      for (let turn = 0; turn < 200; turn += 1) await setImmediate();
    }
    expect(keys.taken).toBeLessThan(100_000);
    reading = true;
    readOn?.();
    await expect.poll(() => keys.taken).toBeGreaterThan(seen);
    reader.destroy();
    await expect(writing).rejects.toThrow('The reader left');
  });

  it('goes on in a further sheet where one is full', async () => {
    const file = new PassThrough();
    const [bytes] = await Promise.all([
      buffer(file),
      writeKeySpreadsheet(file, {
        keys: new Keys(25),
        externalKeys: none(),
        roles: [],
        rowsPerSheet: 11,
      }),
    ]);
    const sheets = await readExcelFile(bytes);
    expect(sheets.map(({ sheet, data }) => [sheet, data.length])).toEqual([
      ['Generated', 11],
      ['Generated 2', 11],
      ['Generated 3', 6],
      ['External', 1],
    ]);
  });
});
