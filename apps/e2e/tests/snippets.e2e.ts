import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { accountOf } from '../src/account.ts';
import type { Credential } from '../src/account.ts';
import { temporaryFolder } from '../src/folders.ts';
import { owner, startLatchkey } from '../src/latchkey.ts';
import { startNginxWith } from '../src/nginx.ts';
import { Process } from '../src/process.ts';
import type { Exit } from '../src/process.ts';
import { copyBy } from '../src/screen.ts';
import { signIn } from '../src/session.ts';
import { expect, test } from '../src/test.ts';
import { startUpstream } from '../src/upstream.ts';

/** How to run a snippet that is saved in a file of this name. */
const programs = {
  curl: { file: 'verify.sh', command: 'sh' },
  TypeScript: { file: 'verify.mts', command: process.execPath },
  Python: { file: 'verify.py', command: 'python3' },
} as const;

test('what an integrator copies runs as it is', async ({ openPage }) => {
  test.slow();
  await using folder = await temporaryFolder();
  await using latchkey = await startLatchkey(join(folder.path), {
    ...owner,
    LATCHKEY_KEY_HEADER: 'Acme-Key',
    LATCHKEY_TOKEN_HEADER: 'Acme-Token',
  });
  const session = await signIn(latchkey);
  const account = accountOf(latchkey, session, owner.LATCHKEY_ACCOUNT, 'Acme');
  const reader = await account.role('Order reader', ['orders.read']);
  const { key, credential } = await account.deliveredKey('Warehouse', { roles: [reader] });
  const page = await openPage(session);
  await page.goto(`${latchkey.url}${account.path}/keys/${key.id}`);

  const copy = async (label: string): Promise<string> => {
    await page.getByRole('tab', { name: label }).click();
    const panel = page.getByRole('tabpanel', { name: label });
    return copyBy(panel, 'Copy');
  };
  const run = async (label: keyof typeof programs, token: string): Promise<Exit> => {
    const { file, command } = programs[label];
    await writeFile(join(folder.path, file), await copy(label));
    const { PATH = '' } = process.env;
    const env = { PATH, LATCHKEY_TOKEN: token };
    return new Process(label, command, [file], { cwd: folder.path, env }).exited;
  };
  const wrong = `${credential.token.slice(0, -1)}!`;

  await test.step('curl', async () => {
    const right = await run('curl', credential.token);
    expect(JSON.parse(right.stdout)).toMatchObject({ valid: true, key: { key: key.key } });
    const refused = await run('curl', wrong);
    expect(JSON.parse(refused.stdout)).toEqual({ valid: false, code: 'INVALID_CREDENTIALS' });
  });

  for (const label of ['TypeScript', 'Python'] as const) {
    await test.step(label, async () => {
      expect(await run(label, credential.token)).toMatchObject({ code: 0, stderr: '' });
      const refused = await run(label, wrong);
      expect(refused.code).toBe(1);
      expect(refused.stderr).toContain('INVALID_CREDENTIALS');
    });
  }

  await test.step('nginx', async () => {
    const configuration = await copy('nginx');
    await using upstream = await startUpstream();
    await using nginx = await startNginxWith(
      join(folder.path, 'nginx'),
      configuration,
      upstream.port,
    );
    const call = async (presented: Credential | null) => {
      const answer = await fetch(nginx.url, {
        headers: {
          'X-Auth-Permissions': 'everything',
          ...(presented && { 'Acme-Key': presented.key, 'Acme-Token': presented.token }),
        },
      });
      await answer.text();
      return answer.status;
    };
    expect(await call(null)).toBe(401);
    expect(await call({ ...credential, token: wrong })).toBe(401);
    expect(await call(credential)).toBe(200);
    expect(upstream.requests).toHaveLength(1);
    expect(upstream.requests[0]).toMatchObject({
      'x-auth-key': key.key,
      'x-auth-permissions': 'orders.read',
    });
    expect(JSON.stringify(upstream.requests)).not.toContain(credential.token);
  });
});
