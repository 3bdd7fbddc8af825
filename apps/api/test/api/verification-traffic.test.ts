import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { timedOneIn } from '../../src/verification/traffic.ts';
import { owner, startApi, type RunningApi } from './running-api.ts';
import { asKey, generateAndRedeem, type Credential } from './things.ts';

describe('the metrics', () => {
  let api: RunningApi;
  let credential: Credential;
  beforeAll(async () => {
    api = await startApi('sqlite');
    const admin = await api.signIn(owner.email, owner.password);
    ({ credential } = await generateAndRedeem(admin, 'acme', []));
  });
  afterAll(() => api.stop());

  /** The value of each line that begins with a name, by its labels. */
  async function read(name: string): Promise<Record<string, number>> {
    const { text } = await api.stranger().get('/metrics');
    const lines = text.split('\n').filter((line) => line.startsWith(name));
    return Object.fromEntries(
      lines.map((line) => {
        const [, labels = '', value] = /^[a-z_]+(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
        return [labels.replaceAll('"', ''), Number(value)];
      }),
    );
  }

  it('tell how verifications ended, and how many asked the database', async () => {
    const stranger = api.stranger();
    const wrong = { token: `${credential.token.slice(0, -1)}~` };
    for (let time = 0; time < 3; time += 1) {
      await stranger.post('/v1/verify', credential).expect(200);
      await asKey(api.url, credential).get('/v1/forward-auth').expect(200);
    }
    await stranger.post('/v1/verify', wrong).expect(200);
    await stranger.post('/v1/verify', {}).refused(400, 'VALIDATION_FAILED');
    await stranger.get('/v1/forward-auth').refused(401, 'UNAUTHENTICATED');
    const ended = await read('latchkey_verifications_total');
    expect(ended).toMatchObject({
      'endpoint=verify,outcome=VALID': 3,
      'endpoint=verify,outcome=INVALID_CREDENTIALS': 1,
      'endpoint=verify,outcome=MALFORMED': 1,
      'endpoint=verify,outcome=FAILED': 0,
      'endpoint=forward-auth,outcome=VALID': 3,
      'endpoint=forward-auth,outcome=NO_CREDENTIALS': 1,
    });
    const { '': lookUps = 0 } = await read('latchkey_verification_lookups_total');
    // One, and another where the cache heard of the key's redemption in between.
    expect(lookUps).toBeGreaterThan(0);
    expect(lookUps).toBeLessThan(6);
  });

  it('tell how long some of them took', async () => {
    const timed = async () =>
      (await read('latchkey_verification_duration_seconds_count'))['endpoint=verify'] ?? 0;
    const before = await timed();
    for (let time = 0; time < 2 * timedOneIn; time += 1) {
      await api.stranger().post('/v1/verify', credential).expect(200);
    }
    expect((await timed()) - before).toBe(2);
  });
});
