import { execFile } from 'node:child_process';
import { chmod, chown, copyFile, cp, mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { expect, test } from '@playwright/test';

import { temporaryFolder } from '../src/folders.ts';
import { owner } from '../src/latchkey.ts';
import { freePort } from '../src/ports.ts';
import { Process } from '../src/process.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Whom it runs as: root would be allowed everything. */
async function findUser(): Promise<{ uid: number; gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const nobody = /^nobody:[^:]*:(\d+):(\d+):/m.exec(await readFile('/etc/passwd', 'utf8'));
  expect(nobody, 'a machine with root has a user nobody').not.toBeNull();
  return { uid: Number(nobody?.[1]), gid: Number(nobody?.[2]) };
}

test('the packaged folder runs as an unprivileged user on files that nobody can write', async () => {
  test.setTimeout(400_000);
  await using folder = await temporaryFolder();
  const app = join(folder.path, 'app');
  const data = join(folder.path, 'data');
  const api = join(app, 'apps/api');
  await run('pnpm', ['--filter', '@latchkey/api', 'deploy', '--prod', '--legacy', api], {
    cwd: root,
  });
  await Promise.all(['src', 'test'].map((name) => rm(join(api, name), { recursive: true })));
  await cp(join(root, 'apps/admin/dist'), join(app, 'apps/admin/dist'), { recursive: true });
  // Node itself may lie where another user cannot reach it, as in root's home.
  const node = join(app, 'node');
  await copyFile(process.execPath, node);
  await run('chmod', ['-R', 'a+rX,a-w', app]);
  await chmod(folder.path, 0o755);
  await mkdir(data);
  const user = await findUser();
  if (user) await chown(data, user.uid, user.gid);

  const port = String(await freePort());
  const started = new Process('Latchkey', node, [join(api, 'dist/command-line/latchkey.js')], {
    cwd: app,
    env: { ...owner, PORT: port, DATABASE_URL: `sqlite:${join(data, 'latchkey.db')}` },
    ...user,
  });
  try {
    const page = await started.until('serve the SPA', async () => {
      const answer = await fetch(`http://localhost:${port}/`).catch(() => undefined);
      return answer?.ok ? answer.text() : undefined;
    });
    expect(page).toContain('<title>');
    const session = await fetch(`http://localhost:${port}/v1/session`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        email: owner.LATCHKEY_OWNER_EMAIL,
        password: owner.LATCHKEY_OWNER_PASSWORD,
      }),
    });
    expect(session.status).toBe(200);
  } finally {
    expect((await started.stop()).code).toBe(0);
    await run('chmod', ['-R', 'u+w', app]);
  }
});
