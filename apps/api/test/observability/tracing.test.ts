import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { startChildServer } from '../child-server.ts';
import { makeDatabase } from '../databases.ts';

const exported = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({
        attributes: z.array(z.object({ key: z.string(), value: z.looseObject({}) })),
      }),
      scopeSpans: z.array(
        z.object({
          spans: z.array(
            z.object({
              traceId: z.string(),
              spanId: z.string(),
              parentSpanId: z.string().optional(),
              name: z.string(),
            }),
          ),
        }),
      ),
    }),
  ),
});

it("sends a span for each request and its transactions to a collector, below the caller's own", async () => {
  const received: unknown[] = [];
  const collector = createServer((request, response) => {
    void (async () => {
      received.push(await json(request));
      response.writeHead(200, { 'Content-Type': 'application/json' }).end('{}');
    })();
  }).listen(0, '127.0.0.1');
  await once(collector, 'listening');
  const { port } = collector.address() as AddressInfo;
  const database = await makeDatabase('sqlite');
  const password = 'correct horse battery staple';
  const server = await startChildServer({
    DATABASE_URL: database.url,
    LATCHKEY_SECRET: randomBytes(32).toString('base64'),
    LATCHKEY_ACCOUNT: 'acme',
    LATCHKEY_OWNER_EMAIL: 'ana@acme.example',
    LATCHKEY_OWNER_PASSWORD: password,
    LATCHKEY_LOG_LEVEL: 'error',
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${String(port)}`,
    OTEL_SERVICE_NAME: 'latchkey-test',
  });
  const traceId = randomBytes(16).toString('hex');
  const parent = randomBytes(8).toString('hex');
  const linkToken = 'Zq7'.repeat(14);
  const headers = { traceparent: `00-${traceId}-${parent}-01`, 'Content-Type': 'application/json' };
  const answers = await Promise.all([
    fetch(`${server.url}/v1/session`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ email: 'ana@acme.example', password }),
    }),
    fetch(`${server.url}/v1/credentials/${linkToken}`, { headers }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([200, 410]);
  expect(await server.end('SIGTERM')).toBe(0);
  collector.close();
  await database.remove();

  const batches = received.map((body) => exported.parse(body)).flatMap((one) => one.resourceSpans);
  expect(batches[0]?.resource.attributes).toContainEqual({
    key: 'service.name',
    value: { stringValue: 'latchkey-test' },
  });
  const spans = batches.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));
  const ofCaller = spans.filter((span) => span.parentSpanId === parent);
  expect(ofCaller.map((span) => span.name).toSorted()).toEqual([
    'GET /v1/credentials/:linkToken',
    'POST /v1/session',
  ]);
  expect(spans.map((span) => span.name)).toContain('transaction');
  expect(new Set(ofCaller.map((span) => span.traceId))).toEqual(new Set([traceId]));
  const everything = JSON.stringify(received);
  for (const secret of [password, linkToken]) expect(everything).not.toContain(secret);
});
