import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { readConfig } from '../../src/config.ts';
import { makeHttpServer } from '../../src/http-server.ts';
import { openService } from '../../src/service.ts';
import { makeDatabase, type Engine, type TestDatabase } from '../databases.ts';
import { RestClient } from './rest-client.ts';

/** The person who owns the first account of every running API. */
export const owner = {
  email: 'ana@acme.example',
  password: 'correct horse battery staple',
  name: 'Ana Souza',
};

/** A clock that only a test moves forward; between, it runs as the wall's. */
export class TestClock {
  #ahead = 0;

  now(): Date {
    return new Date(Date.now() + this.#ahead);
  }

  /** @param by in milliseconds. */
  advance(by: number): void {
    this.#ahead += by;
  }
}

/** The whole API on a free port, with a database of its own and an account `acme` that {@link owner} owns. */
export interface RunningApi {
  /** Its `PUBLIC_URL`, without a slash at the end. */
  url: string;
  /** The set-up URL that an operator would have read on the console. */
  setUpUrl: string;
  database: TestDatabase;
  clock: TestClock;
  /** Every line of the log so far. */
  log: () => string;
  /** Somebody without a session. */
  stranger(): RestClient;
  /** Somebody who signed in with a password. */
  signIn(email: string, password: string): Promise<RestClient>;
  /** Ends the service and starts it again on the same database, as another process would. */
  restart(variables: Record<string, string>): Promise<void>;
  /** Starts another node on the same database. */
  addNode(): Promise<Node>;
  /** Ends the answers that never end by themselves, as the signal to stop does. */
  endStreams(): void;
  stop(): Promise<void>;
}

/** One process of several on a database. */
export interface Node {
  url: string;
  stop(): Promise<void>;
}

async function listen(server: Server): Promise<number> {
  // A test that computes for seconds would send its next request on a connection that is being closed for idleness.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

async function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

/**
 * Starts the real service on a free port.
 *
 * @param variables more of the environment.
 * @param claimed whether {@link owner} has set it up; otherwise it is left as it is.
 * @param given a database to run on, instead of one of its own.
 */
export async function startApi(
  engine: Engine,
  variables: Record<string, string> = {},
  claimed = true,
  given?: TestDatabase,
): Promise<RunningApi> {
  const database = given ?? (await makeDatabase(engine));
  const server = makeHttpServer();
  const port = await listen(server);
  const url = `http://127.0.0.1:${String(port)}`;
  const lines: string[] = [];
  const clock = new TestClock();
  const environment = {
    PORT: String(port),
    PUBLIC_URL: url,
    DATABASE_URL: database.url,
    LATCHKEY_SECRET: randomBytes(32).toString('base64'),
    ...variables,
  };
  const logger = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
  let service = await openService(readConfig(environment), logger, clock);
  server.on('request', (request, response) => {
    service.handle(request, response);
  });
  if (claimed) await service.setUp.claim({ ...owner, account: 'acme', accountName: 'Acme' }, null);

  const api: RunningApi = {
    url,
    setUpUrl: await service.setUp.url(),
    database,
    clock,
    log: () => lines.join(''),
    stranger: () => new RestClient(url),
    async signIn(email, password) {
      const client = new RestClient(url);
      await client.post('/v1/session', { email, password }).expect(200);
      return client;
    },
    async restart(changed) {
      await service.close();
      service = await openService(readConfig({ ...environment, ...changed }), logger, clock);
      api.setUpUrl = await service.setUp.url();
    },
    async addNode() {
      const node = await openService(readConfig(environment), logger, clock);
      const nodeServer = makeHttpServer(node.handle);
      const nodeUrl = `http://127.0.0.1:${String(await listen(nodeServer))}`;
      return {
        url: nodeUrl,
        async stop() {
          await closeServer(nodeServer);
          await node.close();
        },
      };
    },
    endStreams: () => service.endStreams(),
    async stop() {
      await closeServer(server);
      await service.close();
      if (!given) await database.remove();
    },
  };
  return api;
}
