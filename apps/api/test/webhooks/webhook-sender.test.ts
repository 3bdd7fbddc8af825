import type { AddressInfo } from 'node:net';
import { Secret, type WebhookMessage } from '@latchkey/core';
import { SMTPServer } from 'smtp-server';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { makeWebhookSender } from '../../src/webhooks/webhook-sender.ts';
import { startReceiver, status, verifyRequest, type Receiver } from './receiver.ts';

const present = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
const former = `whsec_${Buffer.alloc(32, 2).toString('base64')}`;

describe('sending a webhook', () => {
  let receiver: Receiver;
  beforeEach(async () => {
    receiver = await startReceiver();
  });
  afterEach(() => receiver.stop());

  const toReceiver = (given: Partial<WebhookMessage> = {}): WebhookMessage => ({
    url: receiver.url,
    id: '019aa0f6-5b7e-7c1d-9d43-2f4a6f1f6f10',
    at: new Date(),
    body: '{"type":"webhook.test","name":"Olá 🔑"}',
    secrets: [new Secret(present)],
    ...given,
  });
  /** Whatever the address. */
  const anywhere = makeWebhookSender({ allows: () => true });

  it('posts the message, signed so that the library of Standard Webhooks verifies it', async () => {
    const message = toReceiver();
    expect(await anywhere(message)).toEqual({ status: 204 });
    const [request] = receiver.requests;
    if (!request) throw new Error('There is a request.');
    expect(request).toMatchObject({ method: 'POST', path: '/hook', body: message.body });
    expect(request.headers).toMatchObject({
      'content-type': 'application/json',
      'webhook-id': message.id,
    });
    expect(verifyRequest(request, present)).toEqual(JSON.parse(message.body));
    expect(() => verifyRequest(request, former)).toThrow('No matching signature');
    expect(() => verifyRequest({ ...request, body: `${request.body} ` }, present)).toThrow(
      'No matching signature',
    );
  });

  it('signs with the former secret too, while there is one', async () => {
    await anywhere(toReceiver({ secrets: [new Secret(present), new Secret(former)] }));
    const [request] = receiver.requests;
    if (!request) throw new Error('There is a request.');
    for (const secret of [present, former]) {
      expect(verifyRequest(request, secret)).toMatchObject({ type: 'webhook.test' });
    }
  });

  it('follows no redirection', async () => {
    receiver.answer(status(302, { Location: `http://127.0.0.1:${String(receiver.port)}/else` }));
    expect(await anywhere(toReceiver())).toEqual({ status: 302 });
    expect(receiver.requests.map(({ path }) => path)).toEqual(['/hook']);
  });

  it.each(['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '0.0.0.0'])(
    'does not as much as connect to %s',
    async (host) => {
      const send = makeWebhookSender();
      const url = `http://${host}:${String(receiver.port)}/hook`;
      expect(await send(toReceiver({ url }))).toEqual({ error: 'ADDRESS_REFUSED' });
      expect(receiver.connections()).toBe(0);
    },
  );

  it('refuses a public name that leads to a private address', async () => {
    const send = makeWebhookSender({
      resolve: async () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]),
    });
    const url = `http://hooks.example.com:${String(receiver.port)}/`;
    expect(await send(toReceiver({ url }))).toEqual({ error: 'ADDRESS_REFUSED' });
    expect(receiver.connections()).toBe(0);
  });

  it('connects to the very address that it looked at, however the name resolves by then', async () => {
    const answers = ['127.0.0.1', '127.9.9.9'];
    const looked: string[] = [];
    const send = makeWebhookSender({
      allows(address) {
        looked.push(address);
        return address === '127.0.0.1';
      },
      resolve: async () => Promise.resolve([{ address: answers.shift() ?? '', family: 4 }]),
    });
    const url = `http://rebound.example.com:${String(receiver.port)}/hook`;
    expect(await send(toReceiver({ url }))).toEqual({ status: 204 });
    expect(looked).toEqual(['127.0.0.1']);
    expect(receiver.requests[0]?.headers['host']).toBe(
      `rebound.example.com:${String(receiver.port)}`,
    );
    expect(await send(toReceiver({ url }))).toEqual({ error: 'ADDRESS_REFUSED' });
    expect(receiver.requests).toHaveLength(1);
  });

  it('uses only those addresses of a name that are allowed', async () => {
    const send = makeWebhookSender({
      allows: (address) => address === '127.0.0.1',
      resolve: async () =>
        Promise.resolve([
          { address: '127.9.9.9', family: 4 },
          { address: '127.0.0.1', family: 4 },
        ]),
    });
    const url = `http://hooks.example.com:${String(receiver.port)}/hook`;
    expect(await send(toReceiver({ url }))).toEqual({ status: 204 });
  });

  it('says why there was no answer', async () => {
    const { port } = receiver;
    const gone = await startReceiver();
    await gone.stop();
    const urls = {
      UNREACHABLE: gone.url,
      // No name has a part of more than 63 characters: no name server need be asked.
      UNRESOLVED: `http://${'x'.repeat(64)}.example/`,
      TLS_FAILED: `https://127.0.0.1:${String(port)}/`,
    };
    for (const [error, url] of Object.entries(urls)) {
      expect(await anywhere(toReceiver({ url }))).toEqual({ error });
    }
    expect(receiver.requests).toEqual([]);
  });

  it('trusts no certificate that nobody vouches for', async () => {
    const server = new SMTPServer({ secure: true });
    // The handshake is broken off: that is the point.
    server.on('error', () => undefined);
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve());
    });
    onTestFinished(
      async () =>
        new Promise<void>((resolve) => {
          server.close(resolve);
        }),
    );
    const { port } = server.server.address() as AddressInfo;
    const url = `https://localhost:${String(port)}/`;
    expect(await anywhere(toReceiver({ url }))).toEqual({ error: 'TLS_FAILED' });
  });

  it('waits for an answer no longer than it may, nor for a name', async () => {
    const impatient = makeWebhookSender({ allows: () => true, patience: 300 });
    receiver.answer(() => undefined);
    expect(await impatient(toReceiver())).toEqual({ error: 'TIMED_OUT' });
    const lost = makeWebhookSender({
      patience: 50,
      resolve: async () => new Promise<never>(() => undefined),
    });
    expect(await lost(toReceiver())).toEqual({ error: 'TIMED_OUT' });
  });

  it('takes the status of an answer that never ends, and reads no more of it than it must', async () => {
    let written = 0;
    let closed: Promise<void> = Promise.resolve();
    receiver.answer((response) => {
      closed = new Promise((resolve) => response.once('close', resolve));
      response.writeHead(200);
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(16 * 1024))) written += 16 * 1024;
      };
      response.on('drain', more);
      more();
    });
    expect(await anywhere(toReceiver())).toEqual({ status: 200 });
    await closed;
    // What the buffers of two sockets hold, and not what ten seconds let through.
    expect(written).toBeLessThan(32 * 1024 * 1024);

    const impatient = makeWebhookSender({ allows: () => true, patience: 2000 });
    receiver.answer((response) => response.writeHead(201).write('and so on'));
    expect(await impatient(toReceiver())).toEqual({ status: 201 });
  });
});
