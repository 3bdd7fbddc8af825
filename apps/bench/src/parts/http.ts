import { join } from 'node:path';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { runLoad, type MeasuredLoad } from '../load/run-load.ts';
import { ratios, show, showSpread, spread, type Spread } from '../report/statistics.ts';
import type { Synchronous } from '../peer/better-auth.ts';
import type { Goal, Section } from '../report/markdown.ts';
import { signIn } from '../system/admin.ts';
import { Child } from '../system/child.ts';
import { makeSecret, startNode } from '../system/latchkey.ts';
import { findFreePort } from '../system/ports.ts';
import type { Run } from './run.ts';

const connections = 32;

/** What we want to be beside the peer. */
const timesThePeer = 35;

const script = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const peers = [
  'better-auth api-key, SQLite that does not wait for the disk',
  'better-auth api-key, SQLite as durable as ours',
] as const;

interface Target {
  name: string;
  port: number;
  child: Child;
  request: string;
  /** The name of what it is compared with. */
  beside: string;
  results: MeasuredLoad[];
}

/** Headers that Node adds by itself. */
const added = new Set(['date', 'connection', 'keep-alive', 'transfer-encoding']);

async function startBare(url: string, init: RequestInit): Promise<{ port: number; child: Child }> {
  const answer = await fetch(url, init);
  const headers = [...answer.headers].filter(([name]) => !added.has(name)).flat();
  const port = await findFreePort();
  const child = Child.node('The bare server', script('../system/bare-server.ts'), [], {
    PORT: String(port),
    ANSWER: JSON.stringify({ headers, body: await answer.text() }),
  });
  await child.until('listen', () => child.output.includes('listening'));
  return { port, child };
}

async function startPeer(
  file: string,
  synchronous: Synchronous,
): Promise<{ port: number; child: Child; key: string }> {
  const port = await findFreePort();
  const child = Child.node('The peer', script('../peer/better-auth-server.ts'), [], {
    PORT: String(port),
    FILE: file,
    SYNCHRONOUS: synchronous,
  });
  await child.until('listen', () => child.output.endsWith(' \n'));
  return { port, child, key: /listening (\S+)/.exec(child.output)?.[1] ?? '' };
}

const post = (path: string, body: string) =>
  `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${String(Buffer.byteLength(body))}\r\n\r\n${body}`;

/** Verify and forward-auth beside Node's own HTTP server that reads the same request and writes the same bytes, and beside better-auth. */
export async function measureHttp(run: Run): Promise<Section> {
  const secret = makeSecret();
  const node = await startNode({
    databaseUrl: `sqlite:${join(run.folder, 'http.db')}`,
    secret,
  });
  const admin = await signIn(node.url);
  const roles = await admin.send<{ items: { id: string }[] }>('GET', '/v1/accounts/acme/roles');
  const roleIds = roles.items.slice(0, 1).map(({ id }) => id);
  const { key, token } = await admin.makeKey('Caller', roleIds);
  const body = JSON.stringify({ key, token, permission: 'keys.view' });
  const forwardAuth = '/v1/forward-auth?permission=keys.view';
  const credential = { 'X-API-Key': key, 'X-API-Token': token };
  const get = `GET ${forwardAuth} HTTP/1.1\r\nHost: localhost\r\n${Object.entries(credential)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')}\r\n`;
  const verify = post('/v1/verify', body);
  const bareVerify = await startBare(`${node.url}/v1/verify`, { method: 'POST', body });
  const bareForward = await startBare(node.url + forwardAuth, { headers: credential });
  const workers = availableParallelism();
  const many = await startNode({
    databaseUrl: `sqlite:${join(run.folder, 'http.db')}`,
    secret,
    env: { LATCHKEY_WORKERS: String(workers) },
  });
  const peer = await startPeer(join(run.folder, 'http-peer.db'), 'normal');
  const durablePeer = await startPeer(join(run.folder, 'http-durable-peer.db'), 'full');
  const target = (
    name: string,
    { port, child }: { port: number; child: Child },
    request: string,
    beside: string,
  ): Target => ({ name, port, child, request, beside, results: [] });
  const targets = [
    target('bare node:http, POST', bareVerify, verify, 'bare node:http, POST'),
    target('POST /v1/verify', node, verify, 'bare node:http, POST'),
    target('bare node:http, GET', bareForward, get, 'bare node:http, GET'),
    target('GET /v1/forward-auth', node, get, 'bare node:http, GET'),
    target(
      `POST /v1/verify, ${String(workers)} processes (LATCHKEY_WORKERS)`,
      many,
      verify,
      'POST /v1/verify',
    ),
    target(peers[0], peer, post('/', JSON.stringify({ key: peer.key })), 'POST /v1/verify'),
    target(
      peers[1],
      durablePeer,
      post('/', JSON.stringify({ key: durablePeer.key })),
      'POST /v1/verify',
    ),
  ];
  try {
    for (let round = 0; round < run.rounds; round += 1) {
      // There and back, so that nobody is always the one after the same other.
      const turn = round % 2 === 0 ? targets : targets.toReversed();
      for (const { port, child, request, results } of turn) {
        const load = { port, requests: [request], connections, duration: run.loadDuration };
        results.push(await runLoad(load, child.pid));
      }
    }
    const failures = targets.flatMap(({ results }) => results.map((result) => result.failures));
    if (failures.some((count) => count > 0)) throw new Error('A server refused what is valid.');
  } finally {
    for (const { child } of targets) await child.stop('SIGKILL');
  }
  const rate = (results: readonly MeasuredLoad[]) => results.map(({ perSecond }) => perSecond);
  const cpu = (results: readonly MeasuredLoad[]) =>
    results.map(({ cpuPerRequest = Number.NaN }) => cpuPerRequest);
  const own = targets
    .filter(({ beside }) => beside.startsWith('bare'))
    .flatMap(({ results }) => results.map(({ ownCpuPerRequest }) => ownCpuPerRequest));
  const resultsOf = (name: string) => targets.find((one) => one.name === name)?.results ?? [];
  const rateBeside = (name: string, other: string) =>
    spread(ratios(rate(resultsOf(name)), rate(resultsOf(other))));
  const atLeast = (what: string, least: number, measured: Spread): Goal => ({
    what: `${what}: at least ${show(least)}×`,
    measured: showSpread(measured, '×'),
    reached: measured.median >= least,
  });
  const medianRate = (name: string) => spread(rate(resultsOf(name))).median;
  const tellLimit = (name: string) => {
    const wanted = show(timesThePeer * medianRate(name));
    const bare = show(medianRate('bare node:http, POST'));
    const processor = spread(ratios(cpu(resultsOf(name)), cpu(resultsOf('POST /v1/verify'))));
    return `That would be ${wanted} requests/s; bare node:http, which checks nothing, did ${bare} in the same run. Of the processor’s time the peer takes ${show(processor.median)} times ours.`;
  };
  const goals = [
    ...[
      ['POST /v1/verify', 'bare node:http, POST'],
      ['GET /v1/forward-auth', 'bare node:http, GET'],
    ].map(([name = '', other = '']) =>
      atLeast(`requests/s of ${name} beside ${other}`, 0.9, rateBeside(name, other)),
    ),
    ...peers.map((name) => ({
      ...atLeast(
        `requests/s of POST /v1/verify beside ${name}`,
        timesThePeer,
        rateBeside('POST /v1/verify', name),
      ),
      limit: tellLimit(name),
    })),
  ];
  return {
    title: 'Over HTTP',
    goals,
    text: `One process each where nothing else is said, ${String(connections)} connections, one request at a time on each, a load generator in its own process; the servers take turns. *Rate* and *processor* are beside the server named in the first column's group: bare \`node:http\` for ours (goals: rate at least 0.9), ours for better-auth, which writes each verification down before it answers. The processor's time per request is what the server itself spent, less disturbed by whatever else the machine does. The bare server is Node's own with its defaults: it reads the whole body, or the header with the token, and writes the same headers and body. Ours tells Node that it reads no body where there is none. The load generator, which must not be what limits, itself spent ${show(spread(own).median)} µs on a request. The processes of LATCHKEY_WORKERS share the cores with the load generator.`,
    table: {
      head: [
        '',
        'requests/s',
        'rate',
        'processor µs/request',
        'processor',
        'p50 ms',
        'p99 ms',
        'p99.9 ms',
      ],
      rows: targets.map(({ name, beside, results }) => [
        name,
        showSpread(spread(rate(results))),
        showSpread(spread(ratios(rate(results), rate(resultsOf(beside)))), '×'),
        showSpread(spread(cpu(results))),
        showSpread(spread(ratios(cpu(results), cpu(resultsOf(beside)))), '×'),
        ...(['p50', 'p99', 'p999'] as const).map((share) =>
          showSpread(spread(results.map((result) => result[share]))),
        ),
      ]),
    },
  };
}
