import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request, type RequestOptions } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { signIn } from '../system/admin.ts';
import { makeSecret, startNode } from '../system/latchkey.ts';
import { startNginx } from '../system/nginx.ts';
import { startPostgresql } from '../system/postgresql.ts';

/** How a rolling restart went. */
export interface RollingRestartResult {
  requests: { verify: number; forwardAuth: number };
  /** What came instead of 200: a status or the connection's error. */
  failures: Record<string, number>;
  restarts: number;
}

/** How long the guide says to wait before the next node: longer than nginx leaves one alone that it could not reach. */
const rest = 2000;

/** Restarts two nodes behind nginx, one after the other, while verifications and questions of forward auth come in. @param times how often both are restarted. */
export async function restartUnderLoad(times: number): Promise<RollingRestartResult> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-rolling-'));
  const postgresql = await startPostgresql();
  const options = {
    databaseUrl: await postgresql.makeDatabase(),
    secret: makeSecret(),
    isBuilt: true,
  };
  const first = await startNode(options);
  const nodes = [first, await startNode(options)] as const;
  const nginx = await startNginx(folder, [nodes[0].port, nodes[1].port]);
  const { token } = await (await signIn(first.url)).makeKey('Caller');
  const body = JSON.stringify({ token });
  const requests = { verify: 0, forwardAuth: 0 };
  const result: RollingRestartResult = { requests, failures: {}, restarts: 0 };
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const over = new AbortController();

  /** @returns the status of the answer, or the connection's error. */
  const send = async (asked: RequestOptions, sending?: string) =>
    new Promise<string>((resolve) => {
      const sent = request({ port: nginx.port, host: '127.0.0.1', agent, ...asked }, (answer) => {
        answer.resume().once('end', () => resolve(String(answer.statusCode)));
        answer.once('error', (error) => resolve(error.message));
      });
      sent.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
      sent.end(sending);
    });

  const questions = {
    verify: async () => send({ method: 'POST', path: '/v1/verify' }, body),
    forwardAuth: async () =>
      send({ path: '/v1/forward-auth', headers: { Authorization: `Bearer ${token}` } }),
  };

  async function keepAsking(kind: keyof typeof questions): Promise<void> {
    while (!over.signal.aborted) {
      const outcome = await questions[kind]();
      requests[kind] += 1;
      if (outcome !== '200') result.failures[outcome] = (result.failures[outcome] ?? 0) + 1;
    }
  }

  try {
    const clients = Array.from({ length: 8 }, (_, index) =>
      keepAsking(index % 2 === 0 ? 'verify' : 'forwardAuth'),
    );
    await delay(500);
    for (let time = 0; time < times; time += 1) {
      for (const node of nodes) {
        await node.child.stop('SIGTERM');
        node.child = (await startNode({ ...options, port: node.port })).child;
        result.restarts += 1;
        await delay(rest);
      }
    }
    over.abort();
    await Promise.all(clients);
    return result;
  } finally {
    over.abort();
    agent.destroy();
    await nginx.child.stop();
    for (const { child } of nodes) await child.stop('SIGKILL');
    await postgresql.remove();
    await rm(folder, { recursive: true });
  }
}
