import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findFreePort } from '../free-port.ts';
import { runServer } from './run-server.ts';

describe('an address that cannot be listened on', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'latchkey-address-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const start = (variables: Record<string, string>) =>
    runServer({ DATABASE_URL: `sqlite:${join(folder, 'latchkey.db')}`, ...variables }).ended;

  it.each([
    ['no address of this machine', '192.0.2.1', 'EADDRNOTAVAIL'],
    // No name has a part of more than 63 characters: no name server need be asked.
    ['no address at all', `${'x'.repeat(64)}.invalid`, ''],
  ])('names HOST when that is %s', async (_case, host, reason) => {
    const port = String(await findFreePort());
    const { code, stderr } = await start({ HOST: host, PORT: port });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^HOST: cannot listen on .+\n$/);
    expect(stderr).toContain(`${host}:${port}`);
    expect(stderr).toContain(reason);
  });

  it.each(['1', '3'])(
    'says once that the port is taken, and ends, with %s processes',
    async (workers) => {
      const holder = createServer();
      await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
      const { port } = holder.address() as AddressInfo;
      const { code, stderr } = await start({ PORT: String(port), LATCHKEY_WORKERS: workers });
      await new Promise((resolve) => holder.close(resolve));
      expect([code, stderr]).toEqual([
        1,
        `PORT: cannot listen on 127.0.0.1:${String(port)}: it is taken\n`,
      ]);
    },
  );
});
