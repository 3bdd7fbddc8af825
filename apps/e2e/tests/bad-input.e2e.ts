import { expect, test } from '@playwright/test';

import { temporaryFolder } from '../src/folders.ts';
import { owner, startLatchkey } from '../src/latchkey.ts';
import type { Latchkey } from '../src/latchkey.ts';
import { readProblem } from '../src/problem.ts';
import { signIn } from '../src/session.ts';

const json = { 'content-type': 'application/json' };

test.describe('what cannot be served is answered with problem+json', () => {
  const resources = new AsyncDisposableStack();
  let latchkey: Latchkey;

  test.beforeAll(async () => {
    const folder = resources.use(await temporaryFolder());
    latchkey = resources.use(await startLatchkey(folder.path, owner));
  });

  test.afterAll(() => resources.disposeAsync());

  test('a body that is no JSON', async () => {
    const answer = await fetch(`${latchkey.url}/v1/verify`, {
      method: 'POST',
      headers: json,
      body: '{"token": "lk_',
    });
    expect(await readProblem(answer, 400)).toMatchObject({ code: 'VALIDATION_FAILED' });
  });

  for (const body of [{}, { token: 7 }, { token: null }, [], 'token', null]) {
    test(`the body ${JSON.stringify(body)} for verify`, async () => {
      const answer = await fetch(`${latchkey.url}/v1/verify`, {
        method: 'POST',
        headers: json,
        body: JSON.stringify(body),
      });
      expect(await readProblem(answer, 400)).toMatchObject({ code: 'VALIDATION_FAILED' });
    });
  }

  for (const path of ['/v1/nothing', '/v1/accounts/acme/nothing', '/v1']) {
    test(`the unknown route ${path}`, async () => {
      const answer = await fetch(`${latchkey.url}${path}`);
      expect(await readProblem(answer, 404)).toMatchObject({ code: 'NOT_FOUND' });
    });
  }

  for (const path of ['/v1/verify', '/v1/session', '/v1/accounts/acme/keys']) {
    test(`a body of 2 MB for ${path}`, async () => {
      const answer = await fetch(`${latchkey.url}${path}`, {
        method: 'POST',
        headers: json,
        body: JSON.stringify({ token: 'x'.repeat(2 * 1024 * 1024) }),
      });
      await readProblem(answer, 413);
    });
  }

  test('a wrong password', async () => {
    const answer = await fetch(`${latchkey.url}/v1/session`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ email: owner.LATCHKEY_OWNER_EMAIL, password: 'wrong' }),
    });
    expect(await readProblem(answer, 401)).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  test('a list of keys for nobody', async () => {
    const answer = await fetch(`${latchkey.url}/v1/accounts/acme/keys`);
    expect(await readProblem(answer, 401)).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  test('names that are empty, of spaces alone or of 101 characters; none of them makes a key', async () => {
    const ownerSession = await signIn(latchkey);
    for (const name of ['', '   ', '\u3000\u00a0', 'n'.repeat(101)]) {
      const answer = await ownerSession.send('POST', '/v1/accounts/acme/keys', {
        name,
        roleIds: [],
      });
      const problem = await readProblem(answer, 400);
      expect(problem).toMatchObject({ code: 'VALIDATION_FAILED' });
      expect(JSON.stringify(problem), 'it names the field').toContain('name');
    }
    const answer = await ownerSession.send('GET', '/v1/accounts/acme/keys');
    expect(await answer.json()).toMatchObject({ total: 0 });

    const longest = await ownerSession.send('POST', '/v1/accounts/acme/keys', {
      name: ` ${'ñ'.repeat(100)} `,
      roleIds: [],
    });
    expect(longest.status).toBe(201);
    expect(await longest.json()).toMatchObject({ key: { name: 'ñ'.repeat(100) } });
  });
});
