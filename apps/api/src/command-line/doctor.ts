import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { verifyChain } from '@latchkey/core';
import { readConfig, type Config } from '../config.ts';
import { nodeCrypto } from '../crypto/node-crypto.ts';
import { connectIdentityProvider } from '../people/identity-provider.ts';
import { callbackPath } from '../people/openid-connect.ts';
import { checksOf, readSecrets, secretFileOf } from '../secrets/secrets.ts';
import { inspect, openStore, parseDatabaseUrl, type OpenStore } from '../store/index.ts';

/** What was looked at, and how it is. */
export interface Finding {
  state: 'good' | 'worth a look' | 'wrong';
  what: string;
  /** What was found, and what to do when it is not good. */
  said: string;
}

/** Free space below which a database is in danger, in bytes: a gigabyte. */
const littleSpace = 1024 ** 3;

/** How far the database's clock may be from this machine's, in milliseconds. */
const clockDifference = 5000;

const megabytes = (bytes: number) => `${String(Math.round(bytes / 1024 ** 2))} MB`;
const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

function lookAtUrl({ publicUrl }: Config): Finding {
  const { hostname, protocol } = new URL(publicUrl);
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  const what = 'PUBLIC_URL';
  if (protocol === 'https:') return { state: 'good', what, said: publicUrl };
  return local
    ? {
        state: 'worth a look',
        what,
        said: `${publicUrl} is for this machine alone: links lead others nowhere.`,
      }
    : {
        state: 'wrong',
        what,
        said: `${publicUrl} is not https: links, tokens and sessions cross the network in the clear.`,
      };
}

function lookAtWorkers({ workers }: Config): Finding {
  const cores = availableParallelism();
  const said = `${String(workers)} of ${String(cores)} cores`;
  return workers > cores
    ? {
        state: 'worth a look',
        what: 'LATCHKEY_WORKERS',
        said: `${said}: more processes than cores slow each other down.`,
      }
    : { state: 'good', what: 'LATCHKEY_WORKERS', said };
}

async function lookAtIdentityProvider({ identityProvider, publicUrl }: Config): Promise<Finding[]> {
  if (!identityProvider) return [];
  const what = 'LATCHKEY_OIDC_ISSUER';
  const { issuer } = identityProvider;
  const redirectUri = publicUrl + callbackPath;
  let reason = '';
  const provider = connectIdentityProvider(identityProvider, redirectUri, (said) => {
    reason = said;
  });
  return (await provider.begin())
    ? [{ state: 'good', what, said: `${issuer} answers; it must know ${redirectUri}` }]
    : [{ state: 'wrong', what, said: `${issuer} is of no use: ${reason}` }];
}

function lookAtWebhooks({ privateWebhooks }: Config): Finding {
  const what = 'LATCHKEY_PRIVATE_WEBHOOKS';
  return privateWebhooks
    ? {
        state: 'worth a look',
        what,
        said: 'whoever may make webhooks can have this machine call addresses of its own network.',
      }
    : { state: 'good', what, said: 'webhooks lead to public addresses alone' };
}

async function lookAtFolder(databaseUrl: string): Promise<Finding[]> {
  const location = parseDatabaseUrl(databaseUrl);
  if (location.engine !== 'sqlite') return [];
  const folder = dirname(location.path);
  const what = 'data folder';
  try {
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    return [{ state: 'wrong', what, said: `${folder} is not there, or cannot be written.` }];
  }
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  return [
    {
      state: free < littleSpace ? 'worth a look' : 'good',
      what,
      said: `${folder}, ${megabytes(free)} free`,
    },
  ];
}

async function lookAtSecretFile(config: Config): Promise<Finding[]> {
  const file = config.secrets ? undefined : secretFileOf(config.databaseUrl);
  if (file === undefined) return [];
  const { mode } = await stat(file).catch(() => ({ mode: undefined }));
  const what = 'secret';
  if (mode === undefined) {
    return [{ state: 'worth a look', what, said: `${file} is made on the first start.` }];
  }
  return (mode & 0o077) === 0
    ? [{ state: 'good', what, said: `${file}, for its owner alone` }]
    : [{ state: 'wrong', what, said: `${file} can be read by others: chmod 600 ${file}` }];
}

async function lookAtDatabase(config: Config): Promise<Finding[]> {
  const what = 'database';
  let found;
  try {
    found = await inspect(config.databaseUrl);
  } catch (error) {
    return [{ state: 'wrong', what, said: reasonOf(error) }];
  }
  const { missing, unknown, secretCheck, difference } = found;
  const findings: Finding[] = [];
  if (unknown.length > 0) {
    const said = `is newer than this release (${unknown.join(', ')}): start the newer one.`;
    findings.push({ state: 'wrong', what, said });
  } else if (missing.length > 0) {
    const said = `${String(missing.length)} migrations are to come: back it up, then start or migrate.`;
    findings.push({ state: 'worth a look', what, said });
  } else {
    findings.push({ state: 'good', what, said: 'reached, and up to date' });
  }
  if (secretCheck !== null) {
    const recognised = checksOf(await readSecrets(config)).includes(secretCheck);
    findings.push(
      recognised
        ? {
            state: 'good',
            what: 'LATCHKEY_SECRET',
            said: 'is the one that the database was made with',
          }
        : {
            state: 'wrong',
            what: 'LATCHKEY_SECRET',
            said: 'is not the one that the database was made with: no token verifies.',
          },
    );
  }
  findings.push(
    difference > clockDifference
      ? {
          state: 'wrong',
          what: 'clock',
          said: `is ${String(Math.round(difference / 1000))} s from the database's: set both by NTP.`,
        }
      : { state: 'good', what: 'clock', said: "agrees with the database's" },
  );
  return findings;
}

async function lookAtChains(config: Config): Promise<Finding[]> {
  const opened: OpenStore = await openStore(config.databaseUrl);
  try {
    const { accounts, audit } = opened.store;
    const findings: Finding[] = [];
    for (const account of await accounts.list()) {
      const verdict = await verifyChain(nodeCrypto, audit.walk(account.id), async () =>
        audit.head(account.id),
      );
      const what = `audit log of ${account.slug}`;
      findings.push(
        verdict.intact
          ? { state: 'good', what, said: `${String(verdict.events)} events, whole` }
          : {
              state: 'wrong',
              what,
              said: `event ${String(verdict.brokenAt)} is ${verdict.reason}.`,
            },
      );
    }
    return findings;
  } finally {
    await opened.close();
  }
}

/**
 * Looks for what is wrong with an installation. It changes nothing, but with `audit` the database is migrated first.
 *
 * @param variables the environment.
 * @param audit whether to walk every account's audit chain.
 */
export async function diagnose(
  variables: Record<string, string | undefined>,
  audit: boolean,
): Promise<Finding[]> {
  let config: Config;
  try {
    config = readConfig(variables);
  } catch (error) {
    return [{ state: 'wrong', what: 'settings', said: reasonOf(error) }];
  }
  const findings = [
    { state: 'good', what: 'Node', said: process.version } as const,
    lookAtUrl(config),
    lookAtWorkers(config),
    lookAtWebhooks(config),
    ...(await lookAtIdentityProvider(config)),
    ...(await lookAtFolder(config.databaseUrl)),
    ...(await lookAtSecretFile(config)),
    ...(await lookAtDatabase(config)),
  ];
  const broken = findings.some(({ state, what }) => state === 'wrong' && what === 'database');
  return audit && !broken ? [...findings, ...(await lookAtChains(config))] : findings;
}

const signs = { good: '✓', 'worth a look': '!', wrong: '✗' } as const satisfies Record<
  Finding['state'],
  string
>;

/** Prints findings, a line each. @returns whether nothing is wrong. */
export function printDiagnosis(findings: readonly Finding[], say: (line: string) => void): boolean {
  for (const { state, what, said } of findings) say(`${signs[state]} ${what}: ${said}`);
  return findings.every(({ state }) => state !== 'wrong');
}
