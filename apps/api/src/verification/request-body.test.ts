import { once } from 'node:events';
import type { Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeHttpServer } from '../http-server.ts';
import { readBody } from './request-body.ts';

const limit = 100;

/** A server that answers with what it read. */
let server: Server;
beforeAll(async () => {
  server = makeHttpServer((request, response) => {
    readBody(request, limit, (body) => response.end(`[${body?.toString() ?? 'too large'}]`));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => {
  server.close();
});

/** Speaks to the server on one connection. */
class Connection {
  readonly #socket: Socket;
  #heard = '';

  constructor() {
    this.#socket = connect((server.address() as AddressInfo).port, '127.0.0.1').setNoDelay(true);
    this.#socket.setEncoding('utf8').on('data', (text: string) => (this.#heard += text));
  }

  /** Sends bytes, and waits until they are sent. */
  async send(text: string): Promise<void> {
    await new Promise<void>((resolve) => this.#socket.write(text, () => resolve()));
  }

  /** The bodies that came back, once there are so many. */
  async hear(count: number): Promise<string[]> {
    for (;;) {
      const bodies = this.#heard.match(/\[[^\]]*\]/g) ?? [];
      if (bodies.length >= count) return bodies;
      await once(this.#socket, 'data');
    }
  }

  end(): void {
    this.#socket.destroy();
  }
}

const withLength = (body: string) =>
  `POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${String(body.length)}\r\n\r\n${body}`;
const chunkedHead = 'POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n';

describe('the body of a request', () => {
  it.each([
    ['in one piece', [withLength('hello')], ['[hello]']],
    ['that is empty', [withLength('')], ['[]']],
    ['of chunks', [`${chunkedHead}3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n`], ['[hello]']],
    ['of no chunk', [`${chunkedHead}0\r\n\r\n`], ['[]']],
    ['of chunks whose end comes late', [chunkedHead, '5\r\nhello\r\n', '0\r\n\r\n'], ['[hello]']],
    ['in pieces', [withLength('hello').slice(0, -3), 'l', 'lo'], ['[hello]']],
    ['larger than the limit', [withLength('x'.repeat(limit + 1))], ['[too large]']],
    ['with the next request behind it', [withLength('a') + withLength('b')], ['[a]', '[b]']],
    ['again and again', ['a', 'b', 'c'].map(withLength), ['[a]', '[b]', '[c]']],
  ])('is read %s', async (_, sent, answers) => {
    const connection = new Connection();
    for (const piece of sent) await connection.send(piece);
    expect(await connection.hear(answers.length)).toEqual(answers);
    connection.end();
  });

  it('is not taken for whole before its end has come', async () => {
    const connection = new Connection();
    const asked = once(server, 'request');
    await connection.send(withLength('hello').slice(0, -1));
    const [request] = (await asked) as [{ complete: boolean }];
    expect(request.complete).toBe(false);
    await connection.send('o');
    expect(await connection.hear(1)).toEqual(['[hello]']);
    connection.end();
  });
});
