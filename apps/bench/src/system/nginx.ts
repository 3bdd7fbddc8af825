import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { Child } from './child.ts';
import { findFreePort } from './ports.ts';

const guide = new URL('../../../../docs/deploy/many-nodes.md', import.meta.url);

async function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

/** Starts nginx before two nodes, with the very configuration that `docs/deploy/many-nodes.md` gives; only its addresses are replaced. */
export async function startNginx(
  folder: string,
  nodes: readonly [number, number],
): Promise<{ port: number; child: Child }> {
  const documented = /```nginx\n(.*?)```/s.exec(await readFile(guide, 'utf8'))?.[1];
  if (documented === undefined) throw new Error('The guide has no configuration of nginx.');
  const port = await findFreePort();
  const server = documented
    .replace('127.0.0.1:3001', `127.0.0.1:${String(nodes[0])}`)
    .replace('127.0.0.1:3002', `127.0.0.1:${String(nodes[1])}`)
    .replace('listen 80;', `listen 127.0.0.1:${String(port)};`);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  await mkdir(folder, { recursive: true });
  const config = join(folder, 'nginx.conf');
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
  const nginx = process.env['NGINX_PATH'] ?? '/usr/sbin/nginx';
  const child = new Child('nginx', nginx, ['-e', 'stderr', '-p', folder, '-c', config]);
  await child.until('listen', () => listens(port));
  return { port, child };
}
