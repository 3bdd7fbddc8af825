import { fileURLToPath } from 'node:url';

import { freePort } from './ports.ts';
import { Process } from './process.ts';

const main = fileURLToPath(new URL('../../api/dist/main.js', import.meta.url));

/** The owner whom these variables bring about on an empty database. */
export const owner = {
  LATCHKEY_ACCOUNT: 'acme',
  LATCHKEY_OWNER_EMAIL: 'owner@example.com',
  LATCHKEY_OWNER_PASSWORD: 'correct horse battery staple',
} as const;

/** A Latchkey that is ready to answer. */
export interface Latchkey extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  readonly process: Process;
}

/**
 * Starts the built API in a folder of its own, as `npm start` does, without waiting for anything.
 *
 * @param folder its working directory, in which it makes its `data`
 */
export function spawnLatchkey(folder: string, env: Readonly<Record<string, string>>): Process {
  // Nothing of the tests' own environment is to steer it.
  const { PATH = '', HOME = folder } = process.env;
  return new Process('Latchkey', process.execPath, [main], {
    cwd: folder,
    env: { PATH, HOME, ...env },
  });
}

/** Starts the built API, on a free port when `env` names none, and waits until it is ready. `await using` stops it. */
export async function startLatchkey(
  folder: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Latchkey> {
  const port = env['PORT'] === undefined ? await freePort() : Number(env['PORT']);
  const started = spawnLatchkey(folder, { ...env, PORT: String(port) });
  const url = `http://localhost:${port}`;
  try {
    await started.until('become ready', async () => {
      const answer = await fetch(`${url}/readyz`).catch(() => undefined);
      return answer?.ok ? true : undefined;
    });
  } catch (error) {
    await started.stop('SIGKILL');
    throw error;
  }
  return {
    url,
    port,
    process: started,
    async [Symbol.asyncDispose]() {
      await started.stop();
    },
  };
}

/** The URL with the one-time code that an empty instance prints on the console. */
export async function setUpUrl({ process: started }: Latchkey): Promise<string> {
  return started.until('print a set-up URL', () => {
    const found = /https?:\/\/\S*set-?up\S*/i.exec(started.output);
    return found?.[0];
  });
}
