// Plants imports in a copy of the house and sees which of them the linter refuses: a rule that nothing checks is no rule.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const oxlint = join(root, 'node_modules/.bin/oxlint');

const refused = {
  'the core imports nothing of ours': [
    ['packages/core/src/keys/a.ts', `import { ui } from '@latchkey/ui'; ui();`],
    [
      'packages/core/src/keys/b.ts',
      `import { store } from '../../../../apps/api/src/store/index.ts'; store();`,
    ],
    ['packages/core/src/keys/c.ts', `import { Button } from '../../../ui/src/index.ts'; Button();`],
    ['packages/core/src/keys/d.ts', `export const load = () => import('@latchkey/api');`],
  ],
  'the core does no I/O of its own': [
    [
      'packages/core/src/tokens/a.ts',
      `import { randomBytes } from 'node:crypto'; randomBytes(32);`,
    ],
    ['packages/core/src/tokens/b.ts', `import fs from 'fs'; fs.statSync('.');`],
    ['packages/core/src/tokens/c.ts', `export const now = () => Date.now();`],
    ['packages/core/src/tokens/d.ts', `export const one = () => Math.random();`],
    ['packages/core/src/tokens/e.ts', `export const home = process.env.HOME;`],
    ['packages/core/src/tokens/f.ts', `export const answer = () => fetch('http://localhost');`],
  ],
  'the core knows no ORM, no Express, no tRPC and no React': [
    ['packages/core/src/roles/a.ts', `import { MikroORM } from '@mikro-orm/core'; MikroORM;`],
    [
      'packages/core/src/roles/b.ts',
      `import type { Kysely } from 'kysely'; export type A = Kysely<unknown>;`,
    ],
    ['packages/core/src/roles/c.ts', `import express from 'express'; express();`],
    ['packages/core/src/roles/d.ts', `import { useState } from 'react'; useState();`],
    ['packages/core/src/roles/e.ts', `import { initTRPC } from '@trpc/server'; initTRPC();`],
  ],
  'the design system imports neither the core nor tRPC nor a data layer': [
    ['packages/ui/src/menu/a.tsx', `import { decide } from '@latchkey/core'; decide();`],
    [
      'packages/ui/src/menu/b.tsx',
      `import type { Key } from '@latchkey/core'; export type A = Key;`,
    ],
    [
      'packages/ui/src/menu/c.tsx',
      `import { createTRPCClient } from '@trpc/client'; createTRPCClient();`,
    ],
    ['packages/ui/src/menu/d.tsx', `import { useQuery } from '@tanstack/react-query'; useQuery();`],
    [
      'packages/ui/src/menu/e.tsx',
      `import { decide } from '../../../core/src/index.ts'; decide();`,
    ],
    ['packages/ui/src/menu/f.tsx', `import { readFileSync } from 'node:fs'; readFileSync('.');`],
  ],
  'the SPA knows the API only through the type of its router': [
    ['apps/admin/src/lib/a.ts', `import { router } from '@latchkey/api/router'; router();`],
    [
      'apps/admin/src/lib/b.ts',
      `import type { Config } from '@latchkey/api'; export type A = Config;`,
    ],
    [
      'apps/admin/src/lib/c.ts',
      `import type { Config } from '@latchkey/api/config'; export type A = Config;`,
    ],
    ['apps/admin/src/lib/d.ts', `import type { Key } from '@latchkey/core'; export type A = Key;`],
    [
      'apps/admin/src/lib/e.ts',
      `import type { R } from '../../../api/src/trpc/router.ts'; export type A = R;`,
    ],
    ['apps/admin/src/lib/f.ts', `import { initTRPC } from '@trpc/server'; initTRPC();`],
  ],
  'the store is the only place that knows the ORM': [
    ['apps/api/src/clock.ts', `import { MikroORM } from '@mikro-orm/core'; MikroORM;`],
    ['apps/api/src/http/orm.ts', `import { SqliteDriver } from '@mikro-orm/sql'; SqliteDriver;`],
    [
      'apps/api/src/trpc/orm.ts',
      `import type { Kysely } from 'kysely'; export type A = Kysely<unknown>;`,
    ],
    ['apps/api/src/verification/orm.ts', `import { sql } from 'kysely'; sql();`],
    ['apps/api/src/mail/orm.ts', `import { sql } from 'kysely'; sql();`],
  ],
  'http and trpc are the only ones that know Express and tRPC': [
    ['apps/api/src/loop.ts', `import express from 'express'; express();`],
    [
      'apps/api/src/store/web.ts',
      `import type { Request } from 'express'; export type A = Request;`,
    ],
    ['apps/api/src/store/rpc.ts', `import { TRPCError } from '@trpc/server'; TRPCError;`],
    ['apps/api/src/verification/web.ts', `import { Router } from 'express'; Router();`],
    ['apps/api/src/verification/rpc.ts', `import { TRPCError } from '@trpc/server'; TRPCError;`],
  ],
  'the arrows run main → http, trpc, verification → core ← store': [
    ['apps/api/src/http/a.ts', `import { store } from '../store/index.ts'; store();`],
    [
      'apps/api/src/http/deep/b.ts',
      `import type { Row } from '../../store/rows.ts'; export type A = Row;`,
    ],
    ['apps/api/src/http/c.ts', `import { start } from '../main.ts'; start();`],
    ['apps/api/src/trpc/a.ts', `import { store } from '../store/index.ts'; store();`],
    ['apps/api/src/trpc/b.ts', `import { session } from '../http/session.ts'; session();`],
    ['apps/api/src/verification/a.ts', `import { store } from '../store/index.ts'; store();`],
    ['apps/api/src/verification/b.ts', `import { app } from '../http/app.ts'; app();`],
    ['apps/api/src/verification/c.ts', `import { router } from '../trpc/router.ts'; router();`],
    ['apps/api/src/people/a.ts', `import { store } from '../store/index.ts'; store();`],
    ['apps/api/src/clock-face.ts', `import { app } from './http/app.ts'; app();`],
    ['apps/api/src/store/a.ts', `import { app } from '../http/app.ts'; app();`],
    ['apps/api/src/store/b.ts', `import { router } from '../trpc/router.ts'; router();`],
    ['apps/api/src/store/c.ts', `import { verify } from '../verification/verify.ts'; verify();`],
  ],
  'nobody reaches into the files of another package': [
    ['apps/api/src/store/deep.ts', `import { key } from '@latchkey/core/src/keys/key.ts'; key();`],
    ['apps/admin/src/lib/deep.ts', `import { Menu } from '@latchkey/ui/dist/menu.js'; Menu();`],
    ['packages/client/src/deep.ts', `import { key } from '../../core/src/index.ts'; key();`],
  ],
  'no imports go round in a circle': [
    ['apps/api/src/http/ring-a.ts', `import { b } from './ring-b.ts'; export const a = () => b();`],
    ['apps/api/src/http/ring-b.ts', `import { a } from './ring-a.ts'; export const b = () => a();`],
  ],
  'the environment is read once': [
    ['apps/api/src/http/env.ts', `export const port = process.env.PORT;`],
  ],
};

const accepted = [
  [
    'packages/core/src/keys/fine.ts',
    `import { addMonths } from 'date-fns'; import { one } from '../roles/fine.ts'; addMonths(one());`,
  ],
  ['packages/core/src/roles/fine.ts', `export const one = () => 1;`],
  [
    'packages/core/src/keys/fine.test.ts',
    `import { randomBytes } from 'node:crypto'; randomBytes(32);`,
  ],
  ['packages/ui/src/menu/fine.tsx', `import { Menu } from 'radix-ui'; Menu();`],
  [
    'apps/admin/src/lib/fine.ts',
    `import type { AppRouter } from '@latchkey/api/router'; export type A = AppRouter;`,
  ],
  ['apps/admin/src/lib/ui.ts', `import { KebabMenu } from '@latchkey/ui'; KebabMenu();`],
  [
    'apps/admin/src/lib/rpc.ts',
    `import type { inferRouterOutputs } from '@trpc/server'; export type A = inferRouterOutputs<never>;`,
  ],
  [
    'apps/api/src/main.ts',
    `import { store } from './store/index.ts'; import { app } from './http/app.ts'; store(app);`,
  ],
  [
    'apps/api/src/store/index.ts',
    `import { MikroORM } from '@mikro-orm/core'; import { key } from '@latchkey/core'; export const store = () => key(MikroORM);`,
  ],
  [
    'apps/api/src/http/app.ts',
    `import express from 'express'; import { router } from '../trpc/router.ts'; export const app = () => express(router);`,
  ],
  [
    'apps/api/src/trpc/router.ts',
    `import { initTRPC } from '@trpc/server'; import { verify } from '../verification/verify.ts'; export const router = initTRPC(verify);`,
  ],
  [
    'apps/api/src/verification/verify.ts',
    `import { decide } from '@latchkey/core'; export const verify = () => decide();`,
  ],
  ['apps/api/src/config.ts', `export const port = process.env.PORT;`],
  ['apps/api/src/people/fine.ts', `import type { A } from '../contract/a.ts'; export type B = A;`],
];

describe('the import rules', () => {
  let house;
  /** The complaints of the linter by file. */
  let complaints;

  before(() => {
    house = mkdtempSync(join(tmpdir(), 'latchkey-import-rules-'));
    const config = JSON.parse(withoutComments(readFileSync(join(root, '.oxlintrc.json'), 'utf8')));
    // The planted files are in no TypeScript project, and their types are not what is tried here.
    delete config.options.typeAware;
    plant('.oxlintrc.json', JSON.stringify(config));
    for (const [file, text] of [...Object.values(refused).flat(), ...accepted])
      plant(file, `${text}\n`);

    const { stdout, stderr } = spawnSync(oxlint, ['--format=json'], {
      cwd: house,
      encoding: 'utf8',
    });
    assert.ok(stdout.startsWith('{'), stdout + stderr);
    complaints = Map.groupBy(JSON.parse(stdout).diagnostics, ({ filename }) => filename);
  });

  after(() => rmSync(house, { recursive: true, force: true }));

  function plant(file, text) {
    mkdirSync(dirname(join(house, file)), { recursive: true });
    writeFileSync(join(house, file), text);
  }

  for (const [rule, plants] of Object.entries(refused)) {
    describe(rule, () => {
      for (const [file, text] of plants) {
        it(`refuses ${text.split(';')[0]} in ${file}`, () => {
          const codes = (complaints.get(file) ?? []).map(({ code }) => code);
          assert.ok(
            codes.some((code) => /restricted|no-nodejs-modules|no-cycle|no-process-env/.test(code)),
            `the linter said ${JSON.stringify(codes)}`,
          );
        });
      }
    });
  }

  for (const [file, text] of accepted) {
    it(`accepts ${text.split(';')[0]} in ${file}`, () => {
      assert.deepEqual(complaints.get(file) ?? [], []);
    });
  }
});

/** JSON with `//` comments on lines of their own, as the linter's configuration has them. */
function withoutComments(text) {
  return text.replace(/^\s*\/\/.*$/gm, '');
}
