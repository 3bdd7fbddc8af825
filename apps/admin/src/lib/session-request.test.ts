import { expect, it } from 'vitest';
import { makeSessionRequest } from './session-request.ts';
import type { Request } from './session-request.ts';

/** A server that ends a session by a change, and a browser that has the next one when the change is answered. */
function startBrowser() {
  let session = 'former';
  let cookie = 'former';
  let asked = 0;
  let answer: () => void = () => undefined;
  const mayAnswer = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const send: Request = async (_url, init) => {
    const isKnown = cookie === session;
    if (isKnown && init?.method === 'POST') {
      session = 'next';
      await mayAnswer;
      cookie = 'next';
    }
    return new Response(null, { status: isKnown ? 204 : 401 });
  };
  const request = makeSessionRequest(send, async () => {
    asked += 1;
    if (asked > 1) throw new Error('They will not.');
    cookie = session;
  });
  return {
    request,
    answer,
    asked: () => asked,
    end: (next: string) => {
      session = next;
    },
  };
}

it('waits for a change that renews the session before it holds it for ended', async () => {
  const { answer, asked, request } = startBrowser();
  const change = request('/trpc/profile.changePassword', { method: 'POST' });
  const reading = request('/trpc/keys.list');
  // Another change that went out with the former cookie waits for the first, and not for itself.
  const other = request('/trpc/keys.edit', { method: 'POST' });
  // Both are refused by now, and would have been again.
  await new Promise((resolve) => setTimeout(resolve));
  answer();
  const statuses = (await Promise.all([change, reading, other])).map(({ status }) => status);
  expect([statuses, asked()]).toEqual([[204, 204, 204], 0]);
});

it('asks to sign in when the session has ended, and goes on', async () => {
  const { asked, end, request } = startBrowser();
  end('ended');
  expect((await request('/trpc/keys.list')).status).toBe(204);
  expect(asked()).toBe(1);
});

it('leaves the answer as it is when the person will not', async () => {
  const { asked, end, request } = startBrowser();
  end('ended');
  await request('/trpc/keys.list');
  end('ended again');
  expect((await request('/trpc/keys.list')).status).toBe(401);
  expect(asked()).toBe(2);
});
