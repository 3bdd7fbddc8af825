import type { Writable } from 'node:stream';
import { WorkbookWriter } from '@cj-tech-master/excelts';
import type { ApiKey, ListedExternalKey, Role } from '@latchkey/core';
import { writeSheets } from './sheets.ts';

/** The media type of an XLSX file. */
export const spreadsheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** What goes into the spreadsheet. */
export interface KeySpreadsheet {
  /** A page in memory at a time. */
  keys: AsyncIterable<ApiKey>;
  externalKeys: AsyncIterable<ListedExternalKey>;
  /** Those of the account. */
  roles: readonly Role[];
  /** How many rows a sheet holds, that of the columns among them; as many as a spreadsheet takes unless told. */
  rowsPerSheet?: number;
}

const generatedColumns = [
  'id',
  'keyName',
  'roles',
  'label',
  'creationDate',
  'creationDateToken',
  'creationDateNewToken',
  'status',
];
const externalColumns = ['id', 'keyName', 'roles', 'account', 'addedDate', 'status'];

type Names = (roleIds: readonly string[]) => string;

async function* generatedRows(keys: AsyncIterable<ApiKey>, names: Names) {
  for await (const key of keys) {
    const { currentToken, renewal } = key;
    const pending = renewal.state === 'pending';
    const inForce = pending ? renewal.oldToken : currentToken;
    yield [
      key.id,
      key.key,
      names(key.roleIds),
      key.name,
      key.createdAt.toISOString(),
      inForce.createdAt.toISOString(),
      pending ? currentToken.createdAt.toISOString() : '',
      key.status,
    ];
  }
}

async function* externalRows(listed: AsyncIterable<ListedExternalKey>, names: Names) {
  for await (const { externalKey, status } of listed) {
    const { id, key, roleIds, owner, addedAt } = externalKey;
    yield [id, key, names(roleIds), owner, addedAt.toISOString(), status];
  }
}

/**
 * Writes the spreadsheet: a sheet of the account's own keys and one of other accounts'. Every cell is text, so that nothing runs as a
 * formula; times are RFC 3339 in UTC.
 *
 * @param out is ended with the file. Nothing is read ahead of what it takes.
 * @throws when `out` is closed before its end.
 */
export async function writeKeySpreadsheet(
  out: Writable,
  { keys, externalKeys, roles, rowsPerSheet }: KeySpreadsheet,
): Promise<void> {
  const roleNames = new Map(roles.map((role) => [role.id, role.name]));
  const names: Names = (roleIds) =>
    roleIds
      .map((id) => roleNames.get(id) ?? '')
      .sort()
      .join(', ');
  const workbook = new WorkbookWriter({ stream: out, useSharedStrings: false, useStyles: true });
  const write = async (name: string, columns: readonly string[], rows: AsyncIterable<string[]>) =>
    writeSheets(workbook, out, { name, columns, rows, ...(rowsPerSheet && { rowsPerSheet }) });
  await write('Generated', generatedColumns, generatedRows(keys, names));
  await write('External', externalColumns, externalRows(externalKeys, names));
  await workbook.commit();
}
