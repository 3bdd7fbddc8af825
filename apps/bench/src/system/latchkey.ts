import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Child } from './child.ts';
import { findFreePort } from './ports.ts';

const source = fileURLToPath(import.meta.resolve('@latchkey/api/main'));

/** What the guides start: it has to be built. */
const built = fileURLToPath(new URL('../../../api/dist/main.js', import.meta.url));

/** The owner of the account `acme` on every database. */
export const owner = {
  LATCHKEY_ACCOUNT: 'acme',
  LATCHKEY_OWNER_EMAIL: 'owner@acme.example',
  LATCHKEY_OWNER_PASSWORD: 'correct horse battery staple',
};

/** A secret that nodes on one database share. */
export const makeSecret = () => randomBytes(32).toString('base64');

/** One running node. */
export interface Node {
  url: string;
  port: number;
  child: Child;
}

/** Where a node runs. */
export interface NodeOptions {
  databaseUrl: string;
  secret: string;
  /** A free one without it. */
  port?: number;
  /** More of the environment. */
  env?: Record<string, string>;
  /** Whether to run what was built, as operators do, and not the sources. */
  isBuilt?: boolean;
}

/** Starts a node of the API and waits until it is ready. */
export async function startNode({
  databaseUrl,
  secret,
  port,
  env,
  isBuilt = false,
}: NodeOptions): Promise<Node> {
  const chosen = port ?? (await findFreePort());
  const url = `http://127.0.0.1:${String(chosen)}`;
  const variables = {
    PORT: String(chosen),
    PUBLIC_URL: url,
    DATABASE_URL: databaseUrl,
    LATCHKEY_SECRET: secret,
    ...owner,
    ...env,
  };
  const child = isBuilt
    ? new Child('The API', process.execPath, [built], variables)
    : Child.node('The API', source, [], variables);
  await child.until('become ready', () => child.output.includes('Latchkey is ready'));
  return { url, port: chosen, child };
}
