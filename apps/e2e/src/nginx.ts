import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { freePort, listens } from './ports.ts';
import { Process } from './process.ts';

const guide = new URL('../../../docs/deploy/nginx.md', import.meta.url);

/** An nginx that asks Latchkey before it passes a request on. */
export interface Nginx extends AsyncDisposable {
  readonly url: string;
}

/**
 * Starts nginx with the very configuration that `docs/deploy/nginx.md` tells people to use; only the
 * addresses in it are replaced.
 *
 * @param folder where nginx keeps its configuration and its temporary files
 */
export async function startNginx(
  folder: string,
  ports: { readonly latchkey: number; readonly upstream: number },
): Promise<Nginx> {
  const documented = await documentedServer();
  const server = documented.replace('127.0.0.1:3000', `127.0.0.1:${ports.latchkey}`);
  return startNginxWith(folder, server, ports.upstream);
}

/**
 * Starts nginx with a configuration that listens on port 80 and passes on to port 8080, which are
 * replaced.
 *
 * @param upstream the port to pass on to
 */
export async function startNginxWith(
  folder: string,
  configuration: string,
  upstream: number,
): Promise<Nginx> {
  const port = await freePort();
  const server = configuration
    .replace('127.0.0.1:8080', `127.0.0.1:${upstream}`)
    .replace('listen 80;', `listen 127.0.0.1:${port};`);
  const config = join(folder, 'nginx.conf');
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  await mkdir(folder, { recursive: true });
  await writeFile(
    config,
    `${process.getuid?.() === 0 ? 'user root;' : ''}
    worker_processes 1;
    daemon off;
    pid ${folder}/nginx.pid;
    error_log stderr warn;
    events {}
    http {
      access_log off;
      ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join('\n')}
      ${server}
    }`,
  );
  const nginx = new Process(
    'nginx',
    process.env.NGINX_PATH ?? '/usr/sbin/nginx',
    ['-e', 'stderr', '-p', folder, '-c', config],
    {},
  );
  try {
    await nginx.until('listen', () => listens(port));
  } catch (error) {
    await nginx.stop('SIGKILL');
    throw error;
  }
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      await nginx.stop();
    },
  };
}

async function documentedServer(): Promise<string> {
  const block = /```nginx\n(.*?)```/s.exec(await readFile(guide, 'utf8'))?.[1];
  if (block === undefined)
    throw new Error('docs/deploy/nginx.md has no block of nginx configuration.');
  return block;
}
