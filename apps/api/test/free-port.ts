import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below those that Linux and macOS give to whoever asks for any: nobody gets one of these by chance before it is listened on. */
const ports = { from: 11_000, below: 32_768 };

/** A port of this machine that nobody listens on. */
export async function findFreePort(): Promise<number> {
  const port = randomInt(ports.from, ports.below);
  const server = createServer();
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening');
  } catch {
    return findFreePort();
  }
  server.close();
  await once(server, 'close');
  return port;
}
