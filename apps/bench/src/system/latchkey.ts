import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Child } from './child.ts';
import { findFreePort } from './ports.ts';

const main = fileURLToPath(import.meta.resolve('@latchkey/api/main'));

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
}

/** Starts a node of the API, as an operator does, and waits until it is ready. */
export async function startNode({ databaseUrl, secret, port, env }: NodeOptions): Promise<Node> {
  const chosen = port ?? (await findFreePort());
  const url = `http://127.0.0.1:${String(chosen)}`;
  const child = Child.node('The API', main, [], {
    PORT: String(chosen),
    PUBLIC_URL: url,
    DATABASE_URL: databaseUrl,
    LATCHKEY_SECRET: secret,
    ...owner,
    ...env,
  });
  await child.until('become ready', () => child.output.includes('Latchkey is ready'));
  return { url, port: chosen, child };
}
