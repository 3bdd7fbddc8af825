import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What stands before a server as a proxy does: it counts the questions about credentials, and can answer them itself. */
export class Front {
  readonly url: string;
  readonly #server: Server;
  /** How many questions came, and how many were under way at the same time at the most. */
  asked = 0;
  most = 0;
  /** The status to answer the next questions with, instead of asking the server. */
  readonly answers: number[] = [];
  /** How many reports of uses reach the server and whose answers get lost. */
  lostReports = 0;
  #underWay = 0;

  private constructor(server: Server) {
    this.#server = server;
    this.url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  }

  /** @param url the server's. */
  static async before(url: string): Promise<Front> {
    const server = createServer((incoming, outgoing) => {
      const isQuestion = incoming.url?.endsWith('/credentials') ?? false;
      if (isQuestion && front.#begins()) {
        outgoing.writeHead(front.answers.shift() ?? 500).end();
        front.#underWay -= 1;
        return;
      }
      const { method, headers } = incoming;
      const passed = request(url + (incoming.url ?? ''), { method, headers }, (answer) => {
        if (incoming.url?.endsWith('/usage') && front.lostReports > 0) {
          front.lostReports -= 1;
          outgoing.destroy();
          return;
        }
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(outgoing);
      });
      passed.once('error', () => outgoing.destroy());
      outgoing.once('close', () => {
        if (isQuestion) front.#underWay -= 1;
        passed.destroy();
      });
      incoming.pipe(passed);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const front = new Front(server);
    return front;
  }

  /** @returns whether it is to be answered here. */
  #begins(): boolean {
    this.asked += 1;
    this.#underWay += 1;
    this.most = Math.max(this.most, this.#underWay);
    return this.answers.length > 0;
  }

  async remove(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
