import { once } from 'node:events';
import { request as sendRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import express from 'express';
import fastify from 'fastify';
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  apiKeyOf as expressKey,
  requireApiKey as expressGuard,
} from '../src/middleware/express.ts';
import {
  apiKeyOf as fastifyKey,
  requireApiKey as fastifyGuard,
} from '../src/middleware/fastify.ts';
import { requireApiKey as honoGuard } from '../src/middleware/hono.ts';
import { createVerifier, type Verifier } from '../src/verifier/index.ts';
import { RunningServer, type Credential } from './running-server.ts';

/** A guarded service: `GET /orders` needs `orders.read` and answers with the caller's identifier. */
interface Service {
  url: string;
  stop(): Promise<void>;
}

const permission = 'orders.read';

/** How a request ends: its status, and the challenge. A header with several values is sent several times. */
async function judge(url: string, headers: Record<string, string | string[]>) {
  const asked = sendRequest(url, { headers }).end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  answer.resume();
  return [answer.statusCode, answer.headers['www-authenticate']];
}

const urlOf = (address: unknown) => `http://127.0.0.1:${String((address as AddressInfo).port)}`;

async function startExpress(verifier: Verifier): Promise<Service> {
  const app = express();
  app.get('/orders', expressGuard({ verifier, permission }), (request, response) => {
    response.json({ caller: expressKey(request).key.key });
  });
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: urlOf(server.address()),
    stop: async () => void (await new Promise((resolve) => server.close(resolve))),
  };
}

async function startFastify(verifier: Verifier): Promise<Service> {
  const app = fastify();
  app.get('/orders', { onRequest: fastifyGuard({ verifier, permission }) }, async (request) => ({
    caller: fastifyKey(request).key.key,
  }));
  await app.listen({ port: 0, host: '127.0.0.1' });
  return { url: urlOf(app.server.address()), stop: () => app.close() };
}

async function startHono(verifier: Verifier): Promise<Service> {
  const app = new Hono();
  app.get('/orders', honoGuard({ verifier, permission }), (context) =>
    context.json({ caller: context.var.apiKey.key.key }),
  );
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
  await once(server, 'listening');
  return {
    url: urlOf(server.address()),
    stop: async () => void (await new Promise((resolve) => server.close(resolve))),
  };
}

const frameworks = { Express: startExpress, Fastify: startFastify, Hono: startHono };

let server: RunningServer;
let verifier: Verifier;
let caller: Credential;
let other: Credential;

beforeAll(async () => {
  server = await RunningServer.start();
  const reader = await server.makeRole('Order reader', [permission]);
  const viewer = await server.makeRole('Verifier', ['keys.view']);
  caller = await server.makeKey('Caller', [reader]);
  other = await server.makeKey('The verifier itself', [viewer]);
  verifier = createVerifier({ url: server.url, account: 'acme', token: other.token });
});
afterAll(async () => {
  await verifier.close();
  await server.remove();
});

describe.each(Object.entries(frameworks))('requireApiKey for %s', (_name, start) => {
  let service: Service;
  beforeAll(async () => {
    service = await start(verifier);
  });
  afterAll(() => service.stop());
  const get = async (headers: Record<string, string>) =>
    fetch(`${service.url}/orders`, { headers });

  it('lets a key through, by whichever headers it comes, and tells the handler who it is', async () => {
    const { key, token } = caller;
    for (const headers of [
      { 'X-API-Key': key, 'X-API-Token': token },
      { Authorization: `Bearer ${token}` },
      { Authorization: `Basic ${Buffer.from(`${key}:${token}`).toString('base64')}` },
    ]) {
      const answer = await get(headers);
      expect(answer.status).toBe(200);
      expect(await answer.json()).toEqual({ caller: key });
    }
  });

  it('challenges who comes without a credential, and names no error', async () => {
    const answer = await get({});
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="latchkey"');
    expect(await answer.json()).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
  });

  it('refuses a wrong token with 401, and a key without the permission with 403', async () => {
    const wrong = await get({ Authorization: 'Bearer lk_wrong' });
    expect(wrong.status).toBe(401);
    expect(wrong.headers.get('www-authenticate')).toContain('error="invalid_token"');
    const lacking = await get({ Authorization: `Bearer ${other.token}` });
    expect(lacking.status).toBe(403);
    expect(lacking.headers.get('www-authenticate')).toContain('scope="orders.read"');
    expect(lacking.headers.get('content-type')).toContain('application/problem+json');
  });

  it('reads every request as the server itself does', async () => {
    const { key, token } = caller;
    const basic = `Basic ${Buffer.from(`${key}:${token}`).toString('base64')}`;
    const requests: Record<string, string | string[]>[] = [
      { 'X-API-Key': key },
      { 'X-API-Key': key, Authorization: `Bearer ${token}` },
      { 'X-API-Key': 'lk-acme-00000000', Authorization: `Bearer ${token}` },
      { 'X-API-Key': '', 'X-API-Token': '', Authorization: basic },
      { 'X-API-Key': key, Authorization: basic },
      { 'X-API-Key': 'lk-acme-00000000', Authorization: basic },
      { 'X-API-Token': token, Authorization: `Bearer ${token}` },
      { 'X-API-Token': token, Authorization: 'Digest x' },
      { 'X-API-Token': [token, token] },
      { 'X-API-Key': [key, key], 'X-API-Token': token },
      { Authorization: 'Digest x' },
      { Authorization: 'Bearer' },
      { Authorization: `Bearer ${token} ${token}` },
      { Authorization: 'Basic nothing' },
    ];
    for (const headers of requests) {
      const asked = `${server.url}/v1/forward-auth?permission=${permission}`;
      const told = JSON.stringify(headers).replaceAll(token, '…');
      expect([told, await judge(`${service.url}/orders`, headers)]).toEqual([
        told,
        await judge(asked, headers),
      ]);
    }
  });
});
