import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const installed = fileURLToPath(new URL('../node_modules', import.meta.url));

/** The versions that this package is tested with, so that they come from the same store. */
async function pinned(...names: readonly string[]): Promise<Record<string, string>> {
  const versions = names.map(async (name) => {
    const manifest = await readFile(join(installed, name, 'package.json'), 'utf8');
    return [name, (JSON.parse(manifest) as { version: string }).version] as const;
  });
  return Object.fromEntries(await Promise.all(versions));
}

/** A route behind each middleware, whose types it uses; what must not compile is marked. */
const main = `
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import express from 'express';
import Fastify from 'fastify';
import { Hono } from 'hono';
import { createClient, LatchkeyError } from '@latchkey/client';
import { createVerifier, type Identity } from '@latchkey/client/verifier';
import { apiKeyOf, requireApiKey } from '@latchkey/client/express';
import { apiKeyOf as fastifyKeyOf, requireApiKey as fastifyGuard } from '@latchkey/client/fastify';
import { requireApiKey as honoGuard } from '@latchkey/client/hono';

const nowhere = { url: 'http://127.0.0.1:1', account: 'acme', token: 'lk_none' };
const verifier = createVerifier({ ...nowhere, importedTokens: true });
createClient(nowhere).account('acme');
if (!(Object.create(LatchkeyError.prototype) instanceof Error)) throw new Error('No error.');

const app = express();
app.get('/', requireApiKey({ verifier, permission: 'orders.read' }), (request, response) => {
  const named: string | undefined = request.apiKey?.key.name;
  const identity: Identity = apiKeyOf(request);
  // @ts-expect-error An identity has no token.
  response.json([named, identity.roles, identity.token]);
});
// @ts-expect-error It cannot guard without a verifier.
if (Math.random() > 1) requireApiKey({ permission: 'orders.read' });

const fastify = Fastify();
fastify.get('/', { onRequest: fastifyGuard({ verifier, permission: ['orders.read'] }) }, (request) => {
  const named: string | undefined = request.apiKey?.key.name;
  return [named, fastifyKeyOf(request).permissions satisfies readonly string[]];
});

const hono = new Hono();
hono.get('/', honoGuard({ verifier }), (context) => {
  const named: string = context.var.apiKey.key.name;
  // @ts-expect-error It is the identity that is there.
  return context.json([named, context.var.nobody]);
});

const withToken = { headers: { Authorization: 'Bearer anything' } };
const ask = async (send: (init?: RequestInit) => Promise<number>) => [await send(), await send(withToken)];

const server = app.listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = server.address() as AddressInfo;
const said = {
  express: await ask(async (init) => (await fetch(\`http://127.0.0.1:\${String(port)}/\`, init)).status),
  fastify: await ask(async (init) => {
    const headers = (init?.headers ?? {}) as Record<string, string>;
    return (await fastify.inject({ method: 'GET', url: '/', headers })).statusCode;
  }),
  hono: await ask(async (init) => (await hono.request('/', init)).status),
};
server.close();
server.closeAllConnections();
await fastify.close();
await verifier.close();
process.stdout.write(JSON.stringify(said));
`;

/** Writes a service as a team would, with nothing but the packed packages. */
export async function writeOutsideService(
  folder: string,
  tarball: string,
  cacheTarball: string,
): Promise<void> {
  const files: Record<string, string> = {
    'package.json': JSON.stringify({
      name: 'outside',
      private: true,
      type: 'module',
      dependencies: {
        '@latchkey/client': `file:${tarball}`,
        ...(await pinned('express', 'fastify', 'hono')),
      },
      devDependencies: await pinned('@types/express', '@types/node', 'typescript'),
    }),
    // Where the registry would bring it.
    'pnpm-workspace.yaml': `overrides:\n  '@latchkey/fresh-cache': 'file:${cacheTarball}'\n`,
    'tsconfig.json': JSON.stringify({
      compilerOptions: {
        target: 'es2024',
        lib: ['es2024'],
        module: 'nodenext',
        strict: true,
        exactOptionalPropertyTypes: true,
        skipLibCheck: false,
        noEmit: true,
        types: ['node'],
      },
      include: ['src'],
    }),
    'src/main.ts': main,
  };
  for (const [path, text] of Object.entries(files)) {
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text);
  }
}
