import { crc32 } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createVerifier, type Verifier, type VerifierOptions } from '../src/verifier/index.ts';
import { Front } from './front.ts';
import { RunningServer, type Credential } from './running-server.ts';

let server: RunningServer;
let reader: string;
let own: Credential;
const open: Verifier[] = [];

beforeAll(async () => {
  server = await RunningServer.start();
  reader = await server.makeRole('Order reader', ['orders.read']);
  const viewer = await server.makeRole('Verifier', ['keys.view']);
  own = await server.makeKey('The verifier itself', [viewer]);
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((verifier) => verifier.close()));
});
afterAll(() => server.remove());

/** How long what must come is waited for, in milliseconds: it ends what never comes. */
const patience = 30_000;

/**
 * A busy machine is no server that is away: it is given its time to answer. And what is known does not grow too old within a test, so that
 * a change that shows was heard by the stream.
 */
const patient = { timeout: patience, staleness: 2 * patience };

function makeVerifier(options: Partial<VerifierOptions> = {}): Verifier {
  const verifier = createVerifier({
    url: server.url,
    account: 'acme',
    token: own.token,
    ...patient,
    ...options,
  });
  open.push(verifier);
  return verifier;
}

/**
 * A verifier that has seen the credential, with its stream open and nothing on its way that it would forget it for: it answers without a
 * promise.
 */
async function warmUp(verifier: Verifier, credential: Credential): Promise<void> {
  const other = await server.makeKey('Switched off', [reader]);
  await vi.waitFor(async () => expect(await codeOf(verifier, other)).toBe('VALID'), patience);
  await server.send('POST', `/v1/accounts/acme/keys/${other.id}/deactivate`);
  // Only the stream, or its opening, has it ask again.
  await vi.waitFor(async () => expect(await codeOf(verifier, other)).toBe('INACTIVE'), patience);
  await server.settled(own.token);
  await vi.waitFor(async () => {
    await verifier.verify(credential);
    expect(verifier.verify(credential)).not.toBeInstanceOf(Promise);
  }, patience);
}

const codeOf = async (
  verifier: Verifier,
  credential: { key?: string; token: string },
  needed?: string,
) => (await verifier.verify(credential, needed)).code;

describe('the in-process verifier', () => {
  it('tells who a credential is, at first by asking and then at once', async () => {
    const key = await server.makeKey('Order import', [reader]);
    const verifier = makeVerifier();
    const verdict = await verifier.verify(key, 'orders.read');
    expect(verdict).toEqual({
      valid: true,
      code: 'VALID',
      identity: {
        account: 'acme',
        key: { id: key.id, key: key.key, name: 'Order import', account: 'acme' },
        roles: ['Order reader'],
        permissions: ['orders.read'],
      },
    });
    await warmUp(verifier, key);
    expect(verifier.verify(key, 'orders.read')).toEqual(verdict);
  });

  it('refuses what the server would refuse, with the same codes', async () => {
    const key = await server.makeKey('Order import', [reader]);
    const verifier = makeVerifier();
    expect(await codeOf(verifier, key, 'orders.write')).toBe('INSUFFICIENT_PERMISSIONS');
    expect(await codeOf(verifier, { ...key, key: own.key })).toBe('INVALID_CREDENTIALS');
    expect(await codeOf(verifier, { ...key, token: `${key.token}x` })).toBe('INVALID_CREDENTIALS');
    await server.send('POST', `/v1/accounts/acme/keys/${key.id}/deactivate`);
    await vi.waitFor(async () => expect(await codeOf(verifier, key)).toBe('INACTIVE'), patience);
  });

  it('hears by the stream of a key that was deactivated, activated, re-roled and deleted', async () => {
    const key = await server.makeKey('Order import', [reader]);
    const path = `/v1/accounts/acme/keys/${key.id}`;
    const verifier = makeVerifier();
    await warmUp(verifier, key);
    const becomes = (code: string, needed?: string) =>
      vi.waitFor(async () => expect(await codeOf(verifier, key, needed)).toBe(code), patience);

    await server.send('POST', `${path}/deactivate`);
    await becomes('INACTIVE');
    await server.send('POST', `${path}/activate`);
    await becomes('VALID');
    await server.send('PATCH', path, { roleIds: [] });
    await becomes('INSUFFICIENT_PERMISSIONS', 'orders.read');
    await server.send('DELETE', path);
    await becomes('INVALID_CREDENTIALS');
  });

  it('hears of a changed role', async () => {
    const role = await server.makeRole('Changing', ['orders.read']);
    const key = await server.makeKey('Order import', [role]);
    const verifier = makeVerifier();
    await warmUp(verifier, key);
    await server.send('PATCH', `/v1/accounts/acme/roles/${role}`, { permissions: [] });
    await vi.waitFor(
      async () =>
        expect(await codeOf(verifier, key, 'orders.read')).toBe('INSUFFICIENT_PERMISSIONS'),
      patience,
    );
  });

  it('refuses an expired key when its time has come, with no word from the server', async () => {
    // Still to come when it is written down and known here, even on a machine that is busy.
    const expiresAt = new Date(Date.now() + 6000).toISOString();
    const key = await server.makeKey('Short-lived', [reader], { expiresAt });
    const verifier = makeVerifier();
    await warmUp(verifier, key);
    await vi.waitFor(
      () => expect(verifier.verify(key)).toMatchObject({ code: 'EXPIRED' }),
      patience,
    );
  });

  it('reports what it counted, so that the key shows when it was last used', async () => {
    const key = await server.makeKey('Counted', [reader]);
    const verifier = makeVerifier();
    for (let use = 0; use < 5; use += 1) await verifier.verify(key);
    await verifier.close();
    await vi.waitFor(async () => {
      const shown = await server.send<{ lastUsedAt: string | null }>(
        'GET',
        `/v1/accounts/acme/keys/${key.id}`,
      );
      expect(shown.lastUsedAt).not.toBeNull();
    }, patience);
  });

  it('needs a key of the account with keys.view', async () => {
    const key = await server.makeKey('No viewer', [reader]);
    const errors: unknown[] = [];
    const verifier = makeVerifier({ token: key.token, onError: (error) => errors.push(error) });
    expect(await codeOf(verifier, own)).toBe('UNAVAILABLE');
    expect(errors[0]).toMatchObject({ status: 403 });
    const stranger = makeVerifier({ account: 'another', onError: (error) => errors.push(error) });
    expect(await codeOf(stranger, own)).toBe('UNAVAILABLE');
    expect(errors.at(-1)).toMatchObject({ status: 404 });
  });
});

/** A token that nobody has, with a checksum that holds. */
function wrongToken(number: number): string {
  const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
  const text = `lk_${String(number).padStart(43, '0')}`;
  let rest = crc32(text);
  let checksum = '';
  for (let digit = 0; digit < 6; digit += 1) {
    checksum = `${digits[rest % 62] ?? ''}${checksum}`;
    rest = Math.floor(rest / 62);
  }
  return text + checksum;
}

describe('the in-process verifier, behind a front', () => {
  let front: Front;
  beforeEach(async () => {
    front = await Front.before(server.url);
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((verifier) => verifier.close()));
    await front.remove();
  });

  it('keeps good entries through a flood of wrong tokens, and asks few questions at the same time', async () => {
    const key = await server.makeKey('Order import', [reader]);
    const verifier = makeVerifier({ url: front.url, limits: { positive: 10, negative: 20 } });
    await warmUp(verifier, key);
    front.most = 0;
    const flood = Array.from({ length: 500 }, (_, wrong) => ({ token: wrongToken(wrong) }));
    const codes = await Promise.all(flood.map((credential) => codeOf(verifier, credential)));
    expect(new Set(codes)).toEqual(new Set(['INVALID_CREDENTIALS']));
    expect(front.most).toBeLessThanOrEqual(8);
    expect(verifier.verify(key)).toMatchObject({ code: 'VALID' });
  });

  it('turns unknown tokens away when very many wait already', async () => {
    const verifier = makeVerifier({ url: front.url });
    const flood = Array.from({ length: 1100 }, (_, wrong) => ({ token: wrongToken(wrong) }));
    const codes = await Promise.all(flood.map((credential) => codeOf(verifier, credential)));
    expect(codes.filter((code) => code === 'UNAVAILABLE')).toHaveLength(1100 - 1008);
    expect(front.asked).toBe(1008);
  });

  it('asks about no wrong token and no other key again when a key changes', async () => {
    const key = await server.makeKey('Order import', [reader]);
    const other = await server.makeKey('Another', [reader]);
    const verifier = makeVerifier({ url: front.url });
    await warmUp(verifier, key);
    await warmUp(verifier, other);
    const wrong = { token: wrongToken(1) };
    expect(await codeOf(verifier, wrong)).toBe('INVALID_CREDENTIALS');
    for (const [change, code] of [
      ['deactivate', 'INACTIVE'],
      ['activate', 'VALID'],
    ] as const) {
      await server.send('POST', `/v1/accounts/acme/keys/${key.id}/${change}`);
      await vi.waitFor(async () => expect(await codeOf(verifier, key)).toBe(code), patience);
      for (const known of [wrong, other]) {
        expect(verifier.verify(known)).not.toBeInstanceOf(Promise);
      }
    }
  });

  it('goes on asking about others after one question that failed', async () => {
    const key = await server.makeKey('Order import', [reader]);
    const verifier = makeVerifier({ url: front.url });
    for (const status of [400, 429, 500]) {
      front.answers.push(status);
      expect(await codeOf(verifier, { token: wrongToken(status) })).toBe('UNAVAILABLE');
      expect(await codeOf(verifier, key)).toBe('VALID');
    }
  });

  it('leaves a server alone for a moment that failed twice', async () => {
    const verifier = makeVerifier({ url: front.url });
    front.answers.push(500, 500);
    for (const wrong of [1, 2, 3, 4]) {
      expect(await codeOf(verifier, { token: wrongToken(wrong) })).toBe('UNAVAILABLE');
    }
    expect(front.asked).toBe(2);
  });
});

describe('the uses that a verifier counts', () => {
  const countOf = async (key: Credential) => {
    const path = `/v1/accounts/acme/keys/${key.id}/usage`;
    return (await server.send<{ calls: { day: number } }>('GET', path)).calls.day;
  };

  it('are written to the last one when it is closed', async () => {
    const keys = [await server.makeKey('Often', [reader]), await server.makeKey('Once', [reader])];
    const [often, once] = keys as [Credential, Credential];
    const verifier = createVerifier({
      url: server.url,
      account: 'acme',
      token: own.token,
      ...patient,
    });
    for (let use = 0; use < 250; use += 1) await verifier.verify(often);
    await verifier.verify(once);
    await verifier.verify(once, 'orders.write');
    await verifier.close();
    expect([await countOf(often), await countOf(once)]).toEqual([250, 1]);
  });

  it('are counted once, also when the answer to a report is lost and it is sent again', async () => {
    const front = await Front.before(server.url);
    try {
      const key = await server.makeKey('Order import', [reader]);
      const verifier = createVerifier({
        url: front.url,
        account: 'acme',
        token: own.token,
        ...patient,
      });
      for (let use = 0; use < 5; use += 1) await verifier.verify(key);
      front.lostReports = 1;
      await verifier.close();
      expect(await countOf(key)).toBe(5);
      await verifier.close();
      expect(await countOf(key)).toBe(5);
      expect(front.lostReports).toBe(0);
    } finally {
      await front.remove();
    }
  });
});

describe('the in-process verifier, with its server gone', () => {
  afterEach(() => server.begin());

  it('serves what it knows within the bound, and then refuses', async () => {
    const key = await server.makeKey('Order import', [reader]);
    // The server has its time to end before what is known is too old.
    const staleness = 5000;
    const verifier = makeVerifier({ staleness });
    await warmUp(verifier, key);
    await server.kill();
    const start = performance.now();
    expect(verifier.verify(key)).toMatchObject({ code: 'VALID' });
    let lastServed = start;
    await vi.waitFor(async () => {
      const askedAt = performance.now();
      const code = await codeOf(verifier, key);
      if (code === 'VALID') lastServed = askedAt;
      expect(code).toBe('UNAVAILABLE');
    }, patience);
    expect(lastServed - start).toBeLessThan(staleness);
  });

  it('serves longer if its owner chose so, and no longer than they chose', async () => {
    const key = await server.makeKey('Order import', [reader]);
    const verifier = makeVerifier({ staleness: 1000, whenUnreachable: { serveFor: 8000 } });
    await warmUp(verifier, key);
    await server.kill();
    // By then it would ask, if it could.
    await vi.waitFor(() => expect(verifier.verify(key)).toBeInstanceOf(Promise), patience);
    expect(await codeOf(verifier, key)).toBe('VALID');
    await vi.waitFor(async () => expect(await codeOf(verifier, key)).toBe('UNAVAILABLE'), patience);
  });

  it('finds the server again, and forgets what it knew before', async () => {
    const key = await server.makeKey('Order import', [reader]);
    const verifier = makeVerifier();
    await warmUp(verifier, key);
    await server.kill();
    await server.begin();
    await warmUp(verifier, key);
    await server.send('POST', `/v1/accounts/acme/keys/${key.id}/deactivate`);
    await vi.waitFor(async () => expect(await codeOf(verifier, key)).toBe('INACTIVE'), patience);
  });
});
