import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines } from '../databases.ts';
import type { RestClient } from './rest-client.ts';
import { owner, startApi, type RunningApi } from './running-api.ts';
import { createRole, credentialHeaders, generateAndRedeem, type Credential } from './things.ts';

describe.each(engines)('credentials in a request, on %s', (engine) => {
  let api: RunningApi;
  let admin: RestClient;
  let viewer: Credential;
  let powerless: Credential;
  beforeAll(async () => {
    api = await startApi(engine);
    admin = await api.signIn(owner.email, owner.password);
    const role = await createRole(admin, 'acme', ['keys.view', 'orders.read']);
    viewer = (await generateAndRedeem(admin, 'acme', [role.id])).credential;
    powerless = (await generateAndRedeem(admin, 'acme', [])).credential;
  });
  afterAll(() => api.stop());

  const forwardAuth = '/v1/forward-auth';
  const ask = async (
    method: string,
    path: string,
    headers: Record<string, string> = {},
    body?: string,
  ) => {
    const answer = await fetch(api.url + path, { method, headers, ...(body && { body }) });
    await answer.text();
    return [
      answer.status,
      answer.headers.get('www-authenticate')?.replace('Bearer realm="latchkey"', ''),
    ];
  };
  const bearer = ({ token }: Credential) => ({ Authorization: `Bearer ${token}` });

  it('come in one way at a time, also to the management', async () => {
    const twice = { ...credentialHeaders(viewer), ...bearer(viewer) };
    for (const path of [forwardAuth, '/v1/accounts/acme/keys']) {
      expect(await ask('GET', path, twice)).toEqual([400, ', error="invalid_request"']);
    }
  });

  it.each([
    ['GET', 'changes', undefined],
    ['POST', 'credentials', '{"token":"t"}'],
    ['POST', 'usage', '{"usage":[]}'],
  ])('open the part of remote verifiers as RFC 6750 says: %s %s', async (method, name, body) => {
    const path = `/v1/accounts/acme/verifier/${name}`;
    const open = (headers: Record<string, string>) => ask(method, path, headers, body);
    expect(await open({})).toEqual([401, '']);
    expect(await open({ Authorization: 'Bearer' })).toEqual([400, ', error="invalid_request"']);
    const wrong = await open({ Authorization: 'Bearer lk_wrong' });
    expect(wrong).toEqual([401, ', error="invalid_token"']);
    const scope = ', error="insufficient_scope", scope="keys.view"';
    expect(await open(bearer(powerless))).toEqual([403, scope]);
  });

  it.each(['credentials', 'usage'])('send no more than 512 KiB to %s', async (name) => {
    const path = `/v1/accounts/acme/verifier/${name}`;
    const large = JSON.stringify({ token: 'x'.repeat(600_000) });
    expect(await ask('POST', path, bearer(viewer), large)).toEqual([413, undefined]);
  });

  it('pass forward auth below its path with any method, where the query is the caller’s own', async () => {
    const permitted = `${forwardAuth};permission=orders.read`;
    for (const [method, path] of [
      ['POST', `${forwardAuth}/orders/1?permission=orders.write&account=nowhere`],
      ['DELETE', `${permitted}/orders/1;permission=orders.write?account=nowhere`],
      ['PUT', `${permitted};account=acme/`],
      ['GET', `${forwardAuth}/`],
    ] as const) {
      const body = method === 'POST' ? 'anything' : undefined;
      expect(await ask(method, path, bearer(viewer), body)).toEqual([200, undefined]);
      expect(await ask(method, path, {}, body)).toEqual([401, '']);
    }
    const scope = ', error="insufficient_scope", scope="orders.write"';
    const refused = `${forwardAuth};permission=orders.write/orders/1`;
    expect(await ask('POST', refused, bearer(viewer))).toEqual([403, scope]);
    expect(await ask('POST', forwardAuth, bearer(viewer))).toEqual([405, undefined]);
  });

  it('pass forward auth whose parameters are empty as if there were none', async () => {
    const path = `${forwardAuth}?permission=&account=`;
    expect(await ask('GET', path, bearer(viewer))).toEqual([200, undefined]);
  });

  it('are verified with a slash at the end too, and with no field that is misspelt', async () => {
    const body = { ...viewer, permission: 'orders.read' };
    await expect(api.stranger().post('/v1/verify/', body).expect(200)).resolves.toMatchObject({
      valid: true,
    });
    const { fields } = await api
      .stranger()
      .post('/v1/verify', { ...viewer, permissions: ['orders.write'] })
      .refused(400, 'VALIDATION_FAILED');
    expect(fields).toMatchObject([{ path: 'permissions' }]);
  });
});
