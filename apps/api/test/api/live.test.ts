import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ChangedThing } from '../../src/contract/live.ts';
import { engines } from '../databases.ts';
import { openEventStream, type EventStream } from './event-stream.ts';
import type { RestClient } from './rest-client.ts';
import { owner, startApi, type Node, type RunningApi } from './running-api.ts';
import {
  createRole,
  inviteAndJoin,
  redeem,
  type ApiKey,
  type ExternalKey,
  type IssuedKey,
  type Role,
} from './things.ts';

const password = 'a long enough password';
const keys = '/v1/accounts/acme/keys';

/** How long a stream may take to tell of something on a busy machine, in milliseconds. */
const patience = 30_000;

/** What a stream has told of so far. */
function told({ events }: EventStream): ChangedThing[] {
  return events.flatMap(({ event, data }) =>
    event === 'message' ? (data as { changed: ChangedThing[] }).changed : [],
  );
}

/** Waits until the stream tells of a thing. */
async function heard(stream: EventStream, thing: ChangedThing): Promise<void> {
  await vi.waitFor(() => expect(told(stream)).toContainEqual(thing), patience);
}

/** Waits until the stream is refused. @returns the refusal's code */
async function refusal(stream: EventStream): Promise<string> {
  await stream.ended;
  const { event, data } = stream.events.at(-1) ?? {};
  expect(event).toBe('serialized-error');
  return (data as { data: { refusal: { code: string } } }).data.refusal.code;
}

describe.each(engines)('live changes, on %s', (engine) => {
  let api: RunningApi;
  let other: Node;
  let admin: RestClient;
  let viewer: Role;
  let people = 0;

  beforeAll(async () => {
    api = await startApi(engine);
    other = await api.addNode();
    admin = await api.signIn(owner.email, owner.password);
    viewer = await createRole(admin, 'acme', ['keys.view'], 'Looks on');
  });
  afterAll(async () => {
    await other.stop();
    await api.stop();
  });

  /** Follows the account, and waits until the stream is open. */
  const follow = async (
    client: RestClient,
    from: Partial<{ url: string; lastEventId: string }> = {},
  ) => {
    const { url = api.url, lastEventId } = from;
    const input = JSON.stringify({ account: 'acme', ...(lastEventId && { lastEventId }) });
    const stream = await openEventStream(
      `${url}/trpc/live.changes?input=${encodeURIComponent(input)}`,
      { cookie: client.cookie },
    );
    await vi.waitFor(() => expect(stream.events.length).toBeGreaterThan(1), patience);
    return stream;
  };
  const generate = async (name = 'Order import') =>
    admin.post(keys, { name, roleIds: [] }).expect<IssuedKey>(201);
  const join = async (roleIds: readonly string[]) => {
    people += 1;
    const person = { email: `p${people}@acme.example`, name: 'Rui', password };
    return inviteAndJoin(admin, 'acme', person, roleIds);
  };

  it('tells which key another admin changed, and neither how nor a secret', async () => {
    await using stream = await follow(admin);
    const { key, link } = await generate('A name that nobody else has');
    await heard(stream, { noun: 'keys', id: key.id });
    await heard(stream, { noun: 'auditEvents', id: null });
    await admin.post(`${keys}/${key.id}/deactivate`).expect(200);
    expect(stream.text()).not.toContain('A name that');
    expect(stream.text()).not.toContain(link.url);
    expect(stream.text()).not.toContain(key.key);
  });

  it('tells that a link was read', async () => {
    const { key, link } = await generate();
    await using stream = await follow(admin);
    const before = told(stream).length;
    await redeem(api.url, link.url);
    await vi.waitFor(
      () => expect(told(stream).slice(before)).toContainEqual({ noun: 'keys', id: key.id }),
      patience,
    );
  });

  it('tells through every node what was done on one', async () => {
    await using stream = await follow(admin, { url: other.url });
    const { key } = await generate();
    await heard(stream, { noun: 'keys', id: key.id });
    await admin.put('/v1/accounts/acme/settings', { renewalPeriodMonths: 6 }).expect(200);
    await heard(stream, { noun: 'settings', id: null });
    await createRole(admin, 'acme', [], `Nothing ${key.id}`);
    await heard(stream, { noun: 'roles', id: null });
    expect(told(stream)).not.toContainEqual({ noun: 'account', id: null });
  });

  it('tells nobody of what they may not see', async () => {
    const { client } = await join([viewer.id]);
    await using stream = await follow(client);
    await join([viewer.id]);
    const { key } = await generate();
    await heard(stream, { noun: 'keys', id: key.id });
    const nouns = new Set(told(stream).map(({ noun }) => noun));
    expect(nouns).not.toContain('members');
    expect(nouns).not.toContain('auditEvents');
  });

  it('goes on where a stream was cut, on whichever node', async () => {
    let lastEventId: string | undefined;
    {
      await using stream = await follow(admin);
      await generate();
      await vi.waitFor(() => expect(stream.events.length).toBeGreaterThan(2), patience);
      lastEventId = stream.events.findLast(({ id }) => id !== undefined)?.id;
    }
    const { key } = await generate();
    await using stream = await follow(admin, {
      url: other.url,
      ...(lastEventId && { lastEventId }),
    });
    await heard(stream, { noun: 'keys', id: key.id });
    expect(told(stream).filter(({ noun }) => noun === 'keys')).toEqual([
      { noun: 'keys', id: key.id },
    ]);
  });

  it('tells of another account’s key that was granted roles here', async () => {
    await admin.post('/v1/accounts', { slug: `partner-${engine}`, name: 'Partner' }).expect(201);
    const theirs = `/v1/accounts/partner-${engine}/keys`;
    const { key } = await admin
      .post(theirs, { name: 'Theirs', roleIds: [] })
      .expect<{ key: ApiKey }>(201);
    await admin
      .post('/v1/accounts/acme/external-keys', { key: key.key, roleIds: [] })
      .expect<ExternalKey>(201);
    await using stream = await follow(admin, { url: other.url });
    const before = told(stream).length;
    await admin.post(`${theirs}/${key.id}/deactivate`).expect(200);
    await vi.waitFor(
      () => expect(told(stream).slice(before)).toEqual([{ noun: 'externalKeys', id: null }]),
      patience,
    );
  });

  it('ends when the session does', async () => {
    const { client } = await join([viewer.id]);
    await using stream = await follow(client, { url: other.url });
    await client.delete('/v1/session').expect(204);
    await generate();
    expect(await refusal(stream)).toBe('UNAUTHENTICATED');
  });

  it('ends when the member is removed', async () => {
    const { client, member } = await join([viewer.id]);
    await using stream = await follow(client, { url: other.url });
    await admin.delete(`/v1/accounts/acme/members/${member.id}`).expect(204);
    expect(await refusal(stream)).toBe('NOT_FOUND');
    expect(told(stream)).not.toContainEqual({ noun: 'members', id: null });
  });

  it('ends when the node stops, without a word of failure', async () => {
    await using stream = await follow(admin);
    api.endStreams();
    await stream.ended;
    expect(stream.events.at(-1)?.event).toBe('return');
  });
});
