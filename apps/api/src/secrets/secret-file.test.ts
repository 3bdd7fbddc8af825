import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigError } from '../config.ts';
import { addSecretToFile, readSecretFile } from './secret-file.ts';

describe('the file of the secret', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'latchkey-secret-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is made on the first start, for its owner alone, and read on the next', async () => {
    const path = join(folder, 'data', 'secret');
    const [made] = await readSecretFile(path);
    expect(made).toHaveLength(32);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readSecretFile(path)).toEqual([made]);
    expect(await readFile(path, 'utf8')).toBe(`${Buffer.from(made).toString('base64')}\n`);
  });

  it('is the same for all who start at the same time', async () => {
    const path = join(folder, 'secret');
    const all = await Promise.all(Array.from({ length: 20 }, async () => readSecretFile(path)));
    const texts = all.map(([secret]) => Buffer.from(secret).toString('hex'));
    expect(new Set(texts).size).toBe(1);
    expect(await readdir(folder)).toEqual(['secret']);
  });

  it('takes a new secret before the old one, which goes on verifying', async () => {
    const path = join(folder, 'secret');
    const [old] = await readSecretFile(path);
    await addSecretToFile(path);
    const [signing, ...older] = await readSecretFile(path);
    expect(signing).toHaveLength(32);
    expect(signing).not.toEqual(old);
    expect(older).toEqual([old]);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['secret']);
  });

  it('is not guessed at when it holds something else', async () => {
    const path = join(folder, 'secret');
    await writeFile(path, 'not a secret');
    await expect(readSecretFile(path)).rejects.toThrow(ConfigError);
    await expect(readSecretFile(path)).rejects.toThrow(/^LATCHKEY_SECRET: .* 32 bytes in base64$/);
    await writeFile(join(folder, 'file'), '');
    await expect(readSecretFile(join(folder, 'file', 'secret'))).rejects.toThrow(ConfigError);
  });
});
