import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { openPeer } from './better-auth.ts';

// The least around the peer: Node's own HTTP server and its verification.
const peer = await openPeer(
  process.env['FILE'] ?? '',
  process.env['SYNCHRONOUS'] === 'full' ? 'full' : 'normal',
);
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { key } = JSON.parse(await text(request)) as { key: string };
  const valid = await peer.verify(key);
  const body = JSON.stringify({ valid });
  response.writeHead(valid ? 200 : 401, ['Content-Length', String(body.length)]);
  response.end(body);
}

const server = createServer((request, response) => {
  answer(request, response).catch(() => response.destroy());
});
server.listen(Number(process.env['PORT']), '127.0.0.1', () => {
  process.stdout.write(`listening ${peer.key} \n`);
});
