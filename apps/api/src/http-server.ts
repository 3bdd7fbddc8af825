import { createServer, type RequestListener, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { describeProblem, type ProblemReason } from './contract/problem.ts';

/** What Node's parser calls what it refuses, before there is a request. */
const reasons: Readonly<Record<string, ProblemReason>> = {
  HPE_HEADER_OVERFLOW: {
    code: 'HEADERS_TOO_LARGE',
    detail: 'The path and the headers are larger than 16 KiB.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    code: 'REQUEST_TIMEOUT',
    detail: 'The request did not arrive in time.',
  },
};

const unreadable: ProblemReason = {
  code: 'VALIDATION_FAILED',
  detail: 'The request cannot be read.',
};

/** Answers bytes that are no request, and ends the connection. */
function refuseUnread(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const problem = describeProblem(reasons[error.code ?? ''] ?? unreadable);
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${String(problem.status)} ${problem.title}`,
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${String(Buffer.byteLength(body))}`,
    'Cache-Control: no-store',
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

/** Makes the server. A request without a body, as most are, has none to be read to its end: that is a good part of answering it. */
export function makeHttpServer(handle?: RequestListener): Server {
  return createServer({ optimizeEmptyRequests: true }, handle).on('clientError', refuseUnread);
}
