import { once } from 'node:events';
import { request as sendRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import express from 'express';
import fastify from 'fastify';
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  apiKeyOf as expressKey,
  requireApiKey as expressGuard,
} from '../src/middleware/express.ts';
import {
  apiKeyOf as fastifyKey,
  requireApiKey as fastifyGuard,
} from '../src/middleware/fastify.ts';
import type { ApiKeyRequirement } from '../src/middleware/guard.ts';
import { requireApiKey as honoGuard } from '../src/middleware/hono.ts';
import { createVerifier, type Verifier } from '../src/verifier/index.ts';
import { RunningServer, type Credential } from './running-server.ts';

/** What each path of a service asks of its callers. */
type Routes = Record<string, ApiKeyRequirement>;

/** A guarded service, which answers with the caller's identifier. */
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

async function startExpress(routes: Routes): Promise<Service> {
  const app = express();
  for (const [path, requirement] of Object.entries(routes)) {
    app.get(path, expressGuard(requirement), (request, response) => {
      response.json({ caller: expressKey(request).key.key });
    });
  }
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: urlOf(server.address()),
    stop: async () => void (await new Promise((resolve) => server.close(resolve))),
  };
}

async function startFastify(routes: Routes): Promise<Service> {
  const app = fastify();
  for (const [path, requirement] of Object.entries(routes)) {
    app.get(path, { onRequest: fastifyGuard(requirement) }, async (request) => ({
      caller: fastifyKey(request).key.key,
    }));
  }
  await app.listen({ port: 0, host: '127.0.0.1' });
  return { url: urlOf(app.server.address()), stop: () => app.close() };
}

async function startHono(routes: Routes): Promise<Service> {
  const app = new Hono();
  for (const [path, requirement] of Object.entries(routes)) {
    app.get(path, honoGuard(requirement), (context) =>
      context.json({ caller: context.var.apiKey.key.key }),
    );
  }
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
let unreachable: Verifier;
let caller: Credential;
let other: Credential;
let writer: Credential;
let inactive: Credential;
let expired: Credential;

/** The service's routes, each with what it asks of its callers. */
const routes = (): Routes => ({
  '/orders': { verifier, permission },
  '/several': { verifier, permission: [permission, 'orders.write'] },
  '/named-headers': { verifier, headers: { key: 'X-Shop-Key', token: 'X-Shop-Token' } },
  '/unreachable': { verifier: unreachable },
});

beforeAll(async () => {
  server = await RunningServer.start();
  const reader = await server.makeRole('Order reader', [permission]);
  const viewer = await server.makeRole('Verifier', ['keys.view']);
  caller = await server.makeKey('Caller', [reader]);
  other = await server.makeKey('The verifier itself', [viewer]);
  const both = await server.makeRole('Order writer', [permission, 'orders.write']);
  writer = await server.makeKey('Writer', [both]);
  inactive = await server.makeKey('Inactive', [reader]);
  await server.send('POST', `/v1/accounts/acme/keys/${inactive.id}/deactivate`);
  // Still to come when it is written down, even on a machine that is busy.
  const expiresAt = new Date(Date.now() + 5000).toISOString();
  expired = await server.makeKey('Expired', [reader], { expiresAt });
  const timeout = 30_000;
  verifier = createVerifier({ url: server.url, account: 'acme', token: other.token, timeout });
  unreachable = createVerifier({ url: 'http://127.0.0.1:1', account: 'acme', token: other.token });
  await vi.waitUntil(async () => (await verifier.verify(expired)).code === 'EXPIRED', timeout);
});
afterAll(async () => {
  await verifier.close();
  await unreachable.close();
  await server.remove();
});

describe.each(Object.entries(frameworks))('requireApiKey for %s', (_name, start) => {
  let service: Service;
  beforeAll(async () => {
    service = await start(routes());
  });
  afterAll(() => service.stop());
  const get = async (headers: Record<string, string>, path = '/orders') =>
    fetch(`${service.url}${path}`, { headers });

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

  it('refuses an inactive key and an expired one with 401, and says why', async () => {
    const describedBy = async (token: string) => {
      const answer = await get({ Authorization: `Bearer ${token}` });
      expect(answer.status).toBe(401);
      expect(await answer.json()).toMatchObject({ code: 'UNAUTHENTICATED' });
      return answer.headers.get('www-authenticate');
    };
    expect(await describedBy(inactive.token)).toContain('error_description="The key is inactive."');
    expect(await describedBy(expired.token)).toContain('error_description="The key has expired."');
  });

  it('answers 503 while the credential cannot be checked', async () => {
    const answer = await get({ Authorization: `Bearer ${caller.token}` }, '/unreachable');
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(await answer.json()).toMatchObject({ status: 503, code: 'UNAVAILABLE' });
  });

  it('needs all permissions of several, and names them', async () => {
    const lacking = await get({ Authorization: `Bearer ${caller.token}` }, '/several');
    expect(lacking.status).toBe(403);
    expect(lacking.headers.get('www-authenticate')).toContain('scope="orders.read orders.write"');
    const holding = await get({ Authorization: `Bearer ${writer.token}` }, '/several');
    expect(holding.status).toBe(200);
  });

  it('reads the headers that the service names', async () => {
    const { key, token } = caller;
    const named = await get({ 'X-Shop-Key': key, 'X-Shop-Token': token }, '/named-headers');
    expect(named.status).toBe(200);
    const usual = await get({ 'X-API-Key': key, 'X-API-Token': token }, '/named-headers');
    expect(usual.status).toBe(401);
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
