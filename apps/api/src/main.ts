import cluster from 'node:cluster';
import { createServer, type Server } from 'node:http';
import { pino } from 'pino';
import { ConfigError, readConfig, type Config } from './config.ts';
import { fail } from './fail.ts';
import { makeHttpServer } from './http-server.ts';
import { sumMetricsOfWorkers } from './http/worker-metrics.ts';
import { makeLogger } from './observability/logger.ts';
import { startTracing } from './observability/tracing.ts';
import { openService, type Service } from './service.ts';
import { makeStoppable } from './stop-server.ts';
import { ownSockets, sayListening, startWorkers } from './workers.ts';

/** What the operator reads, beside the log. */
function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function listen(server: Server, { host, port }: Config): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      const reason = taken ? 'it is taken' : (error.code ?? error.message);
      const variable = taken || error.code === 'EACCES' ? 'PORT' : 'HOST';
      reject(new ConfigError(`${variable}: cannot listen on ${host}:${String(port)}: ${reason}`));
    });
    // Of a port that the system chooses each socket would have another.
    const reusePort = cluster.isWorker && ownSockets && port !== 0;
    server.listen({ port, host, reusePort }, resolve);
  });
}

/** Listens for a moment where the workers will, so that what is wrong with the address is said once and not by each of them. */
async function tryAddress(config: Config): Promise<void> {
  const server = createServer();
  await listen(server, config);
  await new Promise((resolve) => server.close(resolve));
}

/**
 * Creates the owner that the environment names, before anybody can ask for them.
 *
 * @returns where to claim an empty instance that no owner was named for.
 */
async function prepareOwner({ owner }: Config, { setUp }: Service): Promise<string | undefined> {
  if (!(await setUp.isNeeded())) return undefined;
  if (!owner) return setUp.url();
  const { account, email, password } = owner;
  const name = email.slice(0, email.indexOf('@'));
  const created = await setUp.claim({ email, password, name, account, accountName: account }, null);
  // Of several nodes that start on one empty database, one creates the owner.
  if (!created.ok && created.refusal.code !== 'ALREADY_SET_UP') {
    throw new ConfigError(`LATCHKEY_ACCOUNT: ${created.refusal.detail}`);
  }
  return undefined;
}

/** Stops taking requests, lets those under way end, writes what is left. A second signal changes nothing. */
function stopOnSignals(server: Server, service: Service): void {
  const stopServer = makeStoppable(server);
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    service.endStreams();
    stopServer(() => {
      service
        .close()
        .catch(fail)
        // A worker's channel to its parent would keep it alive.
        .finally(() => cluster.worker?.disconnect());
    });
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

async function serve(config: Config, service: Service): Promise<void> {
  // What verifies passkeys takes long enough to load to hold others up: nobody is served yet.
  await import('@simplewebauthn/server');
  const server = makeHttpServer(service.handle);
  try {
    await listen(server, config);
  } catch (error) {
    await service.close();
    throw error;
  }
  stopOnSignals(server, service);
  sayListening();
}

/** Opens the service, its traces going where the environment says. */
async function open(config: Config): Promise<Service> {
  const { logLevel, tracing } = config;
  const logger = makeLogger(logLevel, pino.destination({ dest: 1, sync: false }));
  const stopTracing = tracing && startTracing(tracing.endpoint, tracing.serviceName);
  const service = await openService(config, logger);
  return {
    ...service,
    async close() {
      await service.close();
      await stopTracing?.();
    },
  };
}

async function start(): Promise<void> {
  // What is made here (the database, the secret) is for nobody else on the machine to read.
  process.umask(0o077);
  const config = readConfig(process.env);
  const service = await open(config);
  if (cluster.isWorker) {
    await serve(config, service);
    return;
  }
  const setUpUrl = await prepareOwner(config, service);
  const sayReady = () => {
    if (setUpUrl !== undefined) say(`Set this instance up at ${setUpUrl}`);
    say(`Latchkey is ready at ${config.publicUrl}`);
  };
  if (config.workers === 1) {
    await serve(config, service);
    sayReady();
  } else {
    // The database is migrated, and its owner known, before any worker answers.
    await service.close();
    await tryAddress(config);
    sumMetricsOfWorkers();
    startWorkers(config.workers, sayReady);
  }
}

start().catch((error: unknown) => {
  fail(error);
  cluster.worker?.disconnect();
});
