import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RestClient } from './rest-client.ts';
import { owner, startApi, type RunningApi } from './running-api.ts';

const keys = '/v1/accounts/acme/keys';
const json = { 'Content-Type': 'application/json' };

/** What a server says to bytes that no client would send. */
async function sayOnSocket(url: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(bytes);
  const chunks: Buffer[] = [];
  for await (const chunk of socket as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

describe('the doors', () => {
  let api: RunningApi;
  let admin: RestClient;
  beforeAll(async () => {
    api = await startApi('sqlite');
    admin = await api.signIn(owner.email, owner.password);
  });
  afterAll(() => api.stop());

  const send = (
    raw: string | Uint8Array<ArrayBuffer>,
    headers: Record<string, string> = json,
    path = keys,
  ) => admin.send('POST', path, { raw, headers });

  describe('with a body that cannot be read', () => {
    it.each(['{"name":', '{"name":"a"}}', "{'name': 'a'}", 'name=a', '\u0000'])(
      'refuse %j',
      async (raw) => {
        await expect(send(raw).refused(400, 'VALIDATION_FAILED')).resolves.toMatchObject({
          detail: 'The body is not JSON.',
        });
        const verifying = api.stranger().send('POST', '/v1/verify', { raw, headers: json });
        await verifying.refused(400, 'VALIDATION_FAILED');
        const overTrpc = await send(raw, json, '/trpc/keys.generate');
        expect(overTrpc.status).toBe(400);
      },
    );

    it.each(['POST', 'DELETE'])(
      'refuse one that is nested without end, also when it is to be told apart from another: %s',
      async (method) => {
        const deep = `{"name":${'['.repeat(5000)}${']'.repeat(5000)},"roleIds":[]}`;
        const path = method === 'POST' ? keys : `${keys}/019aa0f6-5b7e-7c1d-9d43-2f4a6f1f6f10`;
        const headers = { ...json, 'Idempotency-Key': 'deep' };
        const sent = admin.send(method, path, { raw: deep, headers });
        await expect(sent.refused(400, 'VALIDATION_FAILED')).resolves.toMatchObject({
          detail: 'The body is nested too deeply.',
        });
      },
    );

    it.each(['[]', '"text"', '42', 'null', 'true', '[{"name":"a"}]'])(
      'refuse %s, which is no object',
      async (raw) => {
        const body = await send(raw).refused(400, 'VALIDATION_FAILED');
        expect(body['title']).toBe('Bad Request');
        const verifying = api.stranger().send('POST', '/v1/verify', { raw, headers: json });
        await verifying.refused(400, 'VALIDATION_FAILED');
      },
    );

    it.each([
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/xml',
    ])('refuse %s', async (type) => {
      const body = await send('{"name":"a","roleIds":[]}', { 'Content-Type': type }).refused(
        415,
        'UNSUPPORTED_MEDIA_TYPE',
      );
      expect(body['detail']).toContain('application/json');
      const overTrpc = await send('{}', { 'Content-Type': type }, '/trpc/session.signOut');
      expect(overTrpc.status).toBeGreaterThanOrEqual(400);
    });

    it('refuse an encoding that is not known', async () => {
      const headers = { ...json, 'Content-Encoding': 'br2' };
      expect((await send('{}', headers)).status).toBe(415);
      const charset = { 'Content-Type': 'application/json; charset=ebcdic' };
      expect((await send('{}', charset)).status).toBe(415);
    });

    it('refuse 2 MB at every door', async () => {
      const raw = JSON.stringify({ name: 'x'.repeat(2_000_000), roleIds: [] });
      await send(raw).refused(413, 'PAYLOAD_TOO_LARGE');
      const verifying = api.stranger().send('POST', '/v1/verify', { raw, headers: json });
      await verifying.refused(413, 'PAYLOAD_TOO_LARGE');
      const overTrpc = await send(raw, json, '/trpc/keys.generate');
      expect(overTrpc.status).toBe(413);
      expect(overTrpc.text).toContain('PAYLOAD_TOO_LARGE');
      const { total } = await admin.get(keys).expect<{ total: number }>(200);
      expect(total).toBe(0);
    });

    it('say which fields are bad, and why', async () => {
      const body = { name: '   ', roleIds: 'all', colour: 'red' };
      const { fields } = await admin.post(keys, body).refused(400, 'VALIDATION_FAILED');
      const paths = (fields as { path: string }[]).map(({ path }) => path);
      expect(paths.sort()).toEqual(['colour', 'name', 'roleIds']);
      const tooLong = admin.post(keys, { name: 'é'.repeat(101), roleIds: [] });
      await tooLong.refused(400, 'VALIDATION_FAILED');
      await admin.post(keys, { name: '😀'.repeat(100), roleIds: [] }).expect(201);
      await admin.post(keys, undefined).refused(400, 'VALIDATION_FAILED');
    });

    it.each([
      String.raw`{"name":"nul \u0000","roleIds":[]}`,
      String.raw`{"name":"lone \ud800","roleIds":[]}`,
      String.raw`{"name":"turned \u202e round","roleIds":[]}`,
      String.raw`{"name":"\u200b\u3164","roleIds":[]}`,
      '{"name":"a","roleIds":[],"__proto__":{"admin":true}}',
      '{"name":"a","roleIds":[],"constructor":{"prototype":{"admin":true}}}',
      '{"__proto__":{"name":"a","roleIds":[]}}',
      '{"name":"a","roleIds":[{}]}',
      '{"name":"a","roleIds":["\\u0000"]}',
    ])('refuse %s, and keep nothing of it', async (raw) => {
      await send(raw).refused(400, 'VALIDATION_FAILED');
      expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
    });
  });

  it.each([
    ['POST', '/v1/verify', 400],
    ['POST', keys, 400],
    ['POST', '/trpc/keys.generate', 400],
    ['POST', '/trpc/session.signOut', 200],
    ['DELETE', '/v1/session', 204],
  ])('answer %s %s without any body', async (method, path, status) => {
    const someone = await api.signIn(owner.email, owner.password);
    const head = `${method} ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nCookie: ${someone.cookie}`;
    const answer = await sayOnSocket(api.url, `${head}\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${String(status)} `));
  });

  it.each([
    [`GET /v1/accounts HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(17_000)}\r\n\r\n`, 431],
    [`GET /${'x'.repeat(17_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`, 431],
    ['POST /v1/verify HTTP/1.1\r\nHost: localhost\r\nContent-Length: some\r\n\r\n', 400],
    ['Good morning\r\n\r\n', 400],
  ])('say in a problem document what is no request: %#', async (bytes, status) => {
    const answer = await sayOnSocket(api.url, bytes);
    const [head = '', body = ''] = answer.split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${String(status)} \\w`));
    expect(head).toContain('application/problem+json');
    const code = status === 431 ? 'HEADERS_TOO_LARGE' : 'VALIDATION_FAILED';
    expect(JSON.parse(body)).toMatchObject({ status, code });
  });

  describe('with a path that nobody takes', () => {
    it.each([
      '/v1',
      '/v1/nothing',
      '/v1/accounts/acme/nothing',
      `${keys}/a/b/c`,
      '/V1/accounts',
      '/v1/Accounts',
    ])('do not find %s', async (path) => {
      const { status, body } = await admin.get(path, { Accept: 'application/json' });
      expect([status, body]).toEqual([404, expect.objectContaining({ code: 'NOT_FOUND' })]);
    });

    it.each(['%00', 'x'.repeat(300), '%ED%95%9C', '%20', 'A_B'])(
      'find nothing by a name in a form that nothing has: %.20s',
      async (part) => {
        const paths = [
          `/v1/accounts/${part}/keys`,
          `${keys}/${part}`,
          `/v1/accounts/acme/roles/${part}`,
        ];
        for (const path of paths) await admin.get(path).refused(404, 'NOT_FOUND');
        for (const path of paths.slice(1)) {
          await admin.patch(path, { name: 'Renamed' }).refused(404, 'NOT_FOUND');
        }
        await api.stranger().get(`/v1/accounts/${part}/keys`).refused(401, 'UNAUTHENTICATED');
        const link = `/v1/credentials/${part}`;
        await api.stranger().get(link).refused(410, 'LINK_GONE');
        await api.stranger().post(`${link}/redeem`).refused(410, 'LINK_GONE');
        const invitation = api.stranger().get(`/v1/invitations/${part}`);
        await expect(invitation.refused(410, 'INVITATION_GONE')).resolves.toBeDefined();
        const reset = `/v1/password-resets/${part}`;
        await api.stranger().get(reset).refused(410, 'RESET_GONE');
        const chosen = api.stranger().post(`${reset}/password`, { password: 'long enough' });
        await expect(chosen.refused(410, 'RESET_GONE')).resolves.toBeDefined();
      },
    );

    it.each(['%', '%zz', '%E0%A4%A'])('read no %s in a path', async (part) => {
      const answer = await sayOnSocket(
        api.url,
        `GET ${keys}/${part} HTTP/1.1\r\nHost: localhost\r\nCookie: ${admin.cookie}\r\nConnection: close\r\n\r\n`,
      );
      expect(answer).toMatch(/^HTTP\/1\.1 400 /);
      expect(answer).toContain('VALIDATION_FAILED');
      const page = await sayOnSocket(
        api.url,
        `GET /${part} HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\nConnection: close\r\n\r\n`,
      );
      expect(page).toMatch(/^HTTP\/1\.1 4\d\d /);
    });

    it('find no procedure that is not there', async () => {
      for (const name of [
        'nothing.here',
        '__proto__',
        'keys.__proto__',
        'constructor',
        'keys.export',
      ]) {
        const answer = await admin.post(`/trpc/${name}`, {});
        expect([name, answer.status]).toEqual([name, 404]);
        expect(answer.text).not.toContain('stack');
      }
    });

    it.each([
      ['PUT', keys, 'GET, HEAD, POST, OPTIONS'],
      ['POST', '/v1/accounts/acme/settings', 'GET, HEAD, PUT, OPTIONS'],
      ['GET', '/v1/verify', 'POST, OPTIONS'],
      ['DELETE', '/v1/forward-auth', 'GET, HEAD, OPTIONS'],
      ['GET', '/v1/credentials/x/redeem', 'POST, OPTIONS'],
    ])('say what a path takes to %s %s', async (method, path, allowed) => {
      const answer = await admin.send(method, path);
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, allowed]);
      expect(answer.body).toMatchObject({ code: 'METHOD_NOT_ALLOWED' });
    });
  });

  it('answer HEAD as GET, without the body', async () => {
    for (const path of [keys, '/v1/openapi.json', '/healthz', '/docs/']) {
      const [head, get] = [await admin.send('HEAD', path), await admin.get(path)];
      expect([path, head.status, head.text]).toEqual([path, get.status, '']);
      expect(head.headers.get('content-type')).toBe(get.headers.get('content-type'));
      expect(head.headers.get('etag')).toBe(get.headers.get('etag'));
    }
  });

  it('are closed to other origins', async () => {
    const headers = {
      Origin: 'https://evil.example',
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'content-type',
    };
    for (const path of [keys, '/v1/verify', '/trpc/keys.list', '/v1/openapi.json', '/healthz']) {
      for (const method of ['OPTIONS', 'GET']) {
        const answer = await admin.send(method, path, { headers });
        const cors = [...answer.headers.keys()].filter((name) => name.startsWith('access-control'));
        expect([path, cors]).toEqual([path, []]);
      }
    }
  });

  it('say nothing of what they are made of, and let nobody frame, sniff or store an answer', async () => {
    for (const path of [
      keys,
      '/v1/nothing',
      '/trpc/keys.list?input=%7B%22account%22%3A%22acme%22%7D',
    ]) {
      const { headers } = await admin.get(path);
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
    }
  });

  describe('with a session and a write from elsewhere', () => {
    const write = (headers: Record<string, string>, path = keys) =>
      admin.send('POST', path, { body: { name: 'Forged', roleIds: [] }, headers });

    it.each([
      { Origin: 'https://evil.example' },
      { Origin: 'null' },
      { 'Sec-Fetch-Site': 'cross-site' },
      { 'Sec-Fetch-Site': 'same-site' },
      { Origin: 'http://127.0.0.1.evil.example' },
    ])('refuse it: %j', async (headers) => {
      await write(headers).refused(403, 'FORBIDDEN');
      expect((await write(headers, '/trpc/keys.generate')).status).toBe(403);
      const session = admin.send('DELETE', '/v1/session', {
        headers: headers,
      });
      await session.refused(403, 'FORBIDDEN');
    });

    it('refuse it however the method is written, and let reading pass', async () => {
      const headers = { Origin: 'https://evil.example', 'X-HTTP-Method-Override': 'GET' };
      await write(headers).refused(403, 'FORBIDDEN');
      const reading = await admin.get(keys, { Origin: 'https://evil.example' });
      expect(reading.status).toBe(200);
    });

    it('take it from their own origin, and from what is no browser', async () => {
      const own = { Origin: api.url, 'Sec-Fetch-Site': 'same-origin' };
      const answers = [await write(own), await write({})];
      expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    });
  });

  it('are alive and ready', async () => {
    expect(await api.stranger().get('/healthz').expect(200)).toEqual({ status: 'alive' });
    expect(await api.stranger().get('/readyz').expect(200)).toEqual({ status: 'ready' });
  });
});
