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
  /** All answers, and those that were not 200. */
  answers: number;
  failures: number;
  /** Microseconds of processor time that the generator itself spent on each answer. */
  ownCpuPerRequest: number;
}

const headEnd = Buffer.from('\r\n\r\n');

/** More than any answer has, in bytes. */
const bufferSize = 64 * 1024;

/** How many bytes an answer has: its head and what `Content-Length` says. */
function lengthOfAnswer(bytes: Buffer): number | undefined {
  const end = bytes.indexOf(headEnd);
  if (end === -1) return undefined;
  const head = bytes.toString('latin1', 0, end);
  return end + headEnd.length + Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
}

/** Hears of each answer. @param sentAt when its request was sent. */
type OnAnswer = (sentAt: number, ok: boolean) => void;

/**
 * Keeps one connection busy: the next request goes out when an answer is complete. It spends as little as it can on each, since the server
 * is to be the one that is busy: what comes in lands in one buffer, and an answer of the length of the last one is not read again.
 */
function keepBusy(
  port: number,
  requests: readonly string[],
  first: number,
  onAnswer: OnAnswer,
): Socket {
  let next = first;
  let sentAt = 0;
  let pending = 0;
  let usual = 0;
  const send = () => {
    sentAt = performance.now();
    socket.write(requests[next % requests.length] ?? '', 'latin1');
    next += 1;
  };
  const answers = Buffer.alloc(bufferSize);
  const socket = connect({
    port,
    host: '127.0.0.1',
    noDelay: true,
    onread: {
      // What is there of an answer stays in front.
      buffer: () => answers.subarray(pending),
      callback(count) {
        pending += count;
        if (pending !== usual) {
          const length = lengthOfAnswer(answers.subarray(0, pending));
          if (length === undefined || pending < length) return true;
          usual = length;
        }
        pending = 0;
        // "HTTP/1.1 200": the ninth byte begins the status.
        onAnswer(sentAt, answers.toString('latin1', 9, 12) === '200');
        send();
        return true;
      },
    },
  });
  socket.once('connect', send);
  return socket;
}

const at = (sorted: Float64Array, share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

async function generate({ port, requests, connections, duration }: Load): Promise<LoadResult> {
  const latencies: number[] = [];
  let answers = 0;
  let failures = 0;
  const cpuBefore = process.cpuUsage();
  const start = performance.now();
  const countFrom = start + duration / 5;
  const sockets = Array.from({ length: connections }, (_, index) =>
    keepBusy(port, requests, index * 37, (sentAt, ok) => {
      answers += 1;
      if (!ok) failures += 1;
      if (sentAt >= countFrom) latencies.push(performance.now() - sentAt);
    }),
  );
  await new Promise((resolve) => setTimeout(resolve, start + duration - performance.now()));
  const counted = performance.now() - countFrom;
  for (const socket of sockets) socket.destroy();
  const { user, system } = process.cpuUsage(cpuBefore);
  const sorted = Float64Array.from(latencies).sort();
  return {
    perSecond: latencies.length / (counted / 1000),
    p50: at(sorted, 0.5),
    p99: at(sorted, 0.99),
    p999: at(sorted, 0.999),
    answers,
    failures,
    ownCpuPerRequest: (user + system) / answers,
  };
}

const load = JSON.parse(await text(process.stdin)) as Load;
process.stdout.write(JSON.stringify(await generate(load)));
