import { exportKeys } from '@latchkey/core';
import { spreadsheetType, writeKeySpreadsheet } from '../spreadsheet/key-spreadsheet.ts';
import { download } from './download.ts';
import { accountInput, accountProcedure, rest, router } from './procedures.ts';
import { unwrap } from './refusal-error.ts';

/** What REST opens and tRPC does not: files. */
export const downloadsRouter = router({
  keys: router({
    export: accountProcedure
      .meta(
        rest({
          method: 'GET',
          path: '/accounts/{account}/keys/export.xlsx',
          needs: ['keys.view'],
          summary: 'Export the keys, and the external keys, as a spreadsheet',
          description: 'Two sheets, Generated and External. It is made while it is sent.',
          mediaType: spreadsheetType,
        }),
      )
      .input(accountInput({}))
      .output(download)
      .query(async ({ ctx: { call, ports } }) => {
        const { account } = call;
        const keys = unwrap(await exportKeys(ports, call));
        const roles = await ports.store.roles.list(account.id);
        const externalKeys = ports.store.externalKeys.walk(account.id);
        const day = ports.clock.now().toISOString().slice(0, 10);
        return {
          fileName: `keys-${account.slug}-${day}.xlsx`,
          write: async (out) => writeKeySpreadsheet(out, { keys, externalKeys, roles }),
        };
      }),
  }),
});
