import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createTRPCClient, httpLink, httpSubscriptionLink, splitLink } from '@trpc/client';
import { EventSource } from 'eventsource';
import type { AppRouter } from '@latchkey/api/router';
import { isBroadRole } from '@latchkey/ui/api-key';
import type { KeyQuery } from '@latchkey/ui/api-keys';
import { conformanceCases } from '@latchkey/ui/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { createApiKeysSource, type ApiKeysClient } from './index.ts';

const main = fileURLToPath(new URL('../../../../apps/api/src/main.ts', import.meta.url));
const owner = { email: 'ana@acme.example', password: randomBytes(12).toString('base64') };

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

/** The real API in a process of its own, with an account `acme` and a database that goes with it. */
async function startApi() {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-source-'));
  const port = String(await findFreePort());
  const child: ChildProcess = spawn(process.execPath, ['--conditions=@latchkey/source', main], {
    env: {
      PATH: process.env['PATH'],
      PORT: port,
      DATABASE_URL: `sqlite:${join(folder, 'latchkey.db')}`,
      LATCHKEY_SECRET: randomBytes(32).toString('base64'),
      LATCHKEY_ACCOUNT: 'acme',
      LATCHKEY_OWNER_EMAIL: owner.email,
      LATCHKEY_OWNER_PASSWORD: owner.password,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (!child.stdout) throw new Error('The server has no output to wait for.');
  for await (const line of createInterface(child.stdout)) {
    if (line.startsWith('Latchkey is ready')) break;
  }
  child.stdout.resume();
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      child.kill();
      await once(child, 'close');
      await rm(folder, { recursive: true });
    },
  };
}

const api = await startApi();
afterAll(() => api.stop());

const client = (headers: Record<string, string>): ApiKeysClient =>
  createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: ({ type }) => type === 'subscription',
        true: httpSubscriptionLink({
          url: `${api.url}/trpc`,
          EventSource,
          eventSourceOptions: {
            fetch: (input, init) =>
              fetch(input, { ...init, headers: { ...init.headers, ...headers } }),
          },
        }),
        false: httpLink({ url: `${api.url}/trpc`, headers }),
      }),
    ],
  });

async function signIn(): Promise<string> {
  const session = await fetch(`${api.url}/v1/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(owner),
  });
  const cookies = session.headers.getSetCookie().map((line) => line.split(';', 1)[0]);
  return cookies.join('; ');
}

const cookie = await signIn();
const admin = client({ cookie });
const stranger = client({});

const fetchFile = (path: string) => fetch(`${api.url}${path}`, { headers: { cookie } });

async function download(path: string): Promise<void> {
  const answer = await fetchFile(path);
  if (!answer.ok) throw new Error(`${path} answers ${answer.status}.`);
  await answer.arrayBuffer();
}

const firstPage: KeyQuery = {
  search: '',
  filters: { status: null, role: null, alert: null, attention: null },
  sort: { column: 'name', order: 'asc' },
  cursor: null,
  limit: 25,
};

const redeem = (url: string) =>
  stranger.credentials.redeem.mutate({ linkToken: url.split('/').at(-1) ?? '' });

/** A key of the account, as an integration holds it. */
async function makeKey(account: string, permissions: string[]) {
  const { id } = await admin.roles.create.mutate({
    account,
    name: `Role ${randomBytes(4).toString('hex')}`,
    permissions,
  });
  const { key, link } = await admin.keys.generate.mutate({ account, name: 'Key', roleIds: [id] });
  const { token } = await redeem(link.url);
  return { key: key.key, as: client({ authorization: `Bearer ${token}` }) };
}

await admin.accounts.create.mutate({ slug: 'partner', name: 'Partner' });
const partner = await makeKey('partner', ['orders.read']);

describe('the source over the typed API keeps every rule', async () => {
  const cases = await conformanceCases({
    create: () => createApiKeysSource(admin, 'acme', { download, live: true }),
    redeem,
    externalKey: partner.key,
  });
  it.each(cases.map(({ name, run }) => [name, run] as const))('%s', async (_, run) => {
    await expect(run()).resolves.toBeUndefined();
  });

  it('and of changes, since its client can follow them', () => {
    const subscribes = 'tells who subscribed that a key changed, until they stop';
    expect(cases.map(({ name }) => name)).toContain(subscribes);
  });
});

describe('the source in the hands of who may not grant everything keeps every rule', async () => {
  const keeper = await makeKey('acme', ['keys.view', 'keys.edit', 'keys.renew', 'keys.settings']);
  const cases = await conformanceCases({
    create: () => createApiKeysSource(keeper.as, 'acme'),
    redeem,
    externalKey: partner.key,
  });
  it.each(cases.map(({ name, run }) => [name, run] as const))('%s', async (_, run) => {
    await expect(run()).resolves.toBeUndefined();
  });

  it('and is refused what it says it cannot grant', () => {
    expect(cases.map(({ name }) => name)).toContain(
      'refuses to grant a role that it says cannot be granted',
    );
  });
});

describe('the source over the typed API', () => {
  it('tells of changes where its client can follow them', async () => {
    const source = await createApiKeysSource(admin, 'acme', { live: true });
    expect(source.subscribe).toBeDefined();
    expect((await createApiKeysSource(admin, 'acme')).subscribe).toBeUndefined();
  });

  it('can do what the caller may do', async () => {
    const { capabilities } = await createApiKeysSource(admin, 'acme');
    expect(capabilities).toContain('settings');
    expect(capabilities).not.toContain('export');
    const inBrowser = await createApiKeysSource(admin, 'acme', { download });
    expect(inBrowser.capabilities).toContain('export');
    expect(inBrowser.capabilities).not.toContain('exportChosen');
    const viewer = await makeKey('acme', ['keys.view']);
    expect((await createApiKeysSource(viewer.as, 'acme')).capabilities).toEqual([
      'usage',
      'external',
      'attention',
    ]);
    const renewer = await makeKey('acme', ['keys.view', 'keys.renew']);
    expect((await createApiKeysSource(renewer.as, 'acme')).capabilities).toEqual([
      'renew',
      'schedule',
      'withdrawLink',
      'usage',
      'external',
      'attention',
    ]);
  });

  it('takes from the API which roles are broad, as the rule of the design system has it', async () => {
    const own = await (await createApiKeysSource(admin, 'acme')).listRoles();
    const everything = own.find(({ name }) => name === 'Owner')?.permissions ?? [];
    for (const permission of ['orders.read', ...everything]) await makeKey('acme', [permission]);
    const roles = await (await createApiKeysSource(admin, 'acme')).listRoles();
    expect(new Set(roles.map(({ broad }) => broad))).toEqual(new Set([true, false]));
    for (const { permissions, broad } of roles) expect(isBroadRole({ permissions })).toBe(broad);
  });

  it('offers only those roles that the caller holds all of', async () => {
    const keeper = await makeKey('acme', ['keys.view', 'keys.edit']);
    const roles = await (await createApiKeysSource(keeper.as, 'acme')).listRoles();
    expect(roles.find(({ name }) => name === 'Owner')?.grantable).toBe(false);
    expect(roles.find(({ name }) => name === 'Viewer')?.permissions).toContain('keys.view');
    const own = await (await createApiKeysSource(admin, 'acme')).listRoles();
    expect(own.every(({ grantable }) => grantable)).toBe(true);
  });

  it('shows a key of another account without a name, and that its owner deleted it', async () => {
    const source = await createApiKeysSource(admin, 'acme');
    await source.addExternalKey?.({ key: partner.key, roleIds: [] });
    const { items } = await admin.keys.list.query({ account: 'partner', search: partner.key });
    await admin.keys.delete.mutate({ account: 'partner', id: items[0]?.id ?? '' });
    expect(await source.listExternalKeys?.()).toMatchObject([
      { key: partner.key, name: null, account: { slug: 'partner' }, status: 'deleted' },
    ]);
  });

  it('says of what the caller may no longer see that it is forbidden', async () => {
    const source = await createApiKeysSource((await makeKey('acme', ['roles.edit'])).as, 'acme');
    await expect(source.listKeys(firstPage)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('hands over the spreadsheet of the API', async () => {
    const files: Response[] = [];
    const source = await createApiKeysSource(admin, 'acme', {
      download: async (path) => void files.push(await fetchFile(path)),
    });
    await source.exportKeys?.({ ids: null });
    expect(files.map(({ status }) => status)).toEqual([200]);
    expect(files[0]?.headers.get('content-disposition')).toContain('keys-acme-');
  });

  it('says of bad input what is wrong with it', async () => {
    const source = await createApiKeysSource(admin, 'acme');
    await expect(source.generateKey?.({ name: ' ', roleIds: [] })).rejects.toThrow(
      'The key identification is required.',
    );
  });

  it('is not made for a stranger', async () => {
    await expect(createApiKeysSource(stranger, 'acme')).rejects.toMatchObject({
      data: { code: 'UNAUTHORIZED' },
    });
  });
});
