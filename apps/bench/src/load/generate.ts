import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';

/** What to send, and how. */
export interface Load {
  port: number;
  /** Whole requests, bytes of HTTP/1.1; a connection sends them in turn. */
  requests: string[];
  connections: number;
  /** In milliseconds; the first fifth of it warms up and is not counted. */
  duration: number;
}

/** What came back. Latencies in milliseconds. */
export interface LoadResult {
  perSecond: number;
  p50: number;
  p99: number;
  p999: number;
  /** Answers that were not 200. */
  failures: number;
}

const headEnd = Buffer.from('\r\n\r\n');

/** How many bytes an answer has: its head and what `Content-Length` says. */
function lengthOfAnswer(bytes: Buffer): number | undefined {
  const end = bytes.indexOf(headEnd);
  if (end === -1) return undefined;
  const head = bytes.toString('latin1', 0, end);
  return end + headEnd.length + Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
}

/** Keeps one connection busy: the next request goes out when an answer is complete. */
function keepBusy(
  socket: Socket,
  requests: readonly Buffer[],
  first: number,
  onAnswer: (sentAt: number, ok: boolean) => void,
): void {
  let next = first;
  let sentAt = 0;
  let pending = Buffer.alloc(0);
  const send = () => {
    sentAt = performance.now();
    socket.write(requests[next % requests.length] ?? '');
    next += 1;
  };
  socket.on('data', (chunk) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    const length = lengthOfAnswer(pending);
    if (length === undefined || pending.length < length) return;
    // "HTTP/1.1 200": the ninth byte begins the status.
    const ok = pending.toString('latin1', 9, 12) === '200';
    pending = pending.subarray(length);
    onAnswer(sentAt, ok);
    send();
  });
  send();
}

const at = (sorted: Float64Array, share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

async function generate({ port, requests, connections, duration }: Load): Promise<LoadResult> {
  const bytes = requests.map((request) => Buffer.from(request));
  const latencies: number[] = [];
  let failures = 0;
  const start = performance.now();
  const countFrom = start + duration / 5;
  const sockets: Socket[] = [];
  for (let index = 0; index < connections; index += 1) {
    const socket = connect(port, '127.0.0.1').setNoDelay(true);
    await once(socket, 'connect');
    sockets.push(socket);
    keepBusy(socket, bytes, index * 37, (sentAt, ok) => {
      if (!ok) failures += 1;
      const now = performance.now();
      if (sentAt >= countFrom) latencies.push(now - sentAt);
    });
  }
  await new Promise((resolve) => setTimeout(resolve, start + duration - performance.now()));
  const counted = performance.now() - countFrom;
  for (const socket of sockets) socket.destroy();
  const sorted = Float64Array.from(latencies).sort();
  return {
    perSecond: latencies.length / (counted / 1000),
    p50: at(sorted, 0.5),
    p99: at(sorted, 0.99),
    p999: at(sorted, 0.999),
    failures,
  };
}

const load = JSON.parse(await text(process.stdin)) as Load;
process.stdout.write(JSON.stringify(await generate(load)));
