import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RestClient } from '../api/rest-client.ts';
import { secretOf, type IssuedKey } from '../api/things.ts';
import { engines, makeDatabase, type TestDatabase } from '../databases.ts';
import { findFreePort } from '../free-port.ts';
import { runServer, type ServerProcess } from './run-server.ts';

const owner = { email: 'ana@acme.example', password: 'correct horse battery staple' };

/** How many ask for the token at once, and how many servers they ask. */
const redeemers = 300;
const nodes = 3;

describe.each(engines)('a link that several servers are asked for at once, on one %s', (engine) => {
  let database: TestDatabase;
  let servers: { url: string; process: ServerProcess }[];

  beforeAll(async () => {
    database = await makeDatabase(engine);
    const variables = {
      DATABASE_URL: database.url,
      LATCHKEY_SECRET: randomBytes(32).toString('base64'),
      LATCHKEY_OWNER_EMAIL: owner.email,
      LATCHKEY_OWNER_PASSWORD: owner.password,
      LATCHKEY_ACCOUNT: 'acme',
    };
    servers = [];
    for (let node = 0; node < nodes; node += 1) {
      const port = String(await findFreePort());
      servers.push({
        url: `http://127.0.0.1:${port}`,
        process: runServer({ ...variables, PORT: port }),
      });
    }
    await Promise.all(servers.map(({ process: { ready } }) => ready));
  }, 180_000);
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.process.stop()));
    await database.remove();
  });

  it('gives its token to exactly one', async () => {
    const admin = new RestClient(servers[0]?.url ?? '');
    await admin.post('/v1/session', owner).expect(200);
    const { key, link } = await admin
      .post('/v1/accounts/acme/keys', { name: 'Raced for', roleIds: [] })
      .expect<IssuedKey>(201);
    const answers = await Promise.all(
      Array.from({ length: redeemers }, async (_, index) => {
        const { url = '' } = servers[index % nodes] ?? {};
        return new RestClient(url).post(`/v1/credentials/${secretOf(link.url)}/redeem`);
      }),
    );
    const received = answers.filter(({ status }) => status === 200);
    expect(received.map(({ body }) => body)).toMatchObject([{ key: key.key }]);
    expect(answers.filter(({ status }) => status === 410)).toHaveLength(redeemers - 1);
  });
});
