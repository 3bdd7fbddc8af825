import proxyaddr from 'proxy-addr';
import { z } from 'zod';
import { logLevels, type LogLevel } from './observability/logger.ts';
import { OperatorError } from './operator-error.ts';

/** A variable that cannot be used; its message is one line for the operator. */
export class ConfigError extends OperatorError {
  override name = 'ConfigError';
}

/** A whole number in digits alone: `1e3` and `0x50` are slips. */
function wholeNumber(what: string, least: number, most: number) {
  const expected = `expected ${what}, ${String(least)}–${String(most)}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, expected)
    .transform(Number)
    .refine((number) => number >= least && number <= most, expected);
}

/** Headers with a meaning of their own. */
const takenHeaders = [
  'authorization',
  'cookie',
  'host',
  'content-length',
  'content-type',
  'origin',
];

const headerName = z
  .string()
  .regex(/^[A-Za-z0-9-]+$/, 'expected the name of a header, such as X-API-Key')
  .transform((name) => name.toLowerCase())
  .refine((name) => !takenHeaders.includes(name), 'expected a header that is not taken');

const secret = z
  .base64('expected 32 random bytes in base64, several separated by commas')
  .transform((text) => new Uint8Array(Buffer.from(text, 'base64')))
  .refine((bytes) => bytes.length === 32, 'expected 32 bytes in base64: openssl rand -base64 32');

const listed = z.string().transform((text) => text.split(',').map((part) => part.trim()));

function isProxyList(proxies: string[]): boolean {
  try {
    proxyaddr.compile(proxies);
    return true;
  } catch {
    return false;
  }
}

const proxies = listed.refine(
  isProxyList,
  'expected addresses or networks such as 10.0.0.0/8, separated by commas; loopback, linklocal and uniquelocal are names for some',
);

const origins = listed.refine(
  (all) => all.every((one) => URL.canParse(one) && new URL(one).origin === one),
  'expected origins such as https://app.example.com, separated by commas',
);

/** Where nobody but this machine listens in. */
const loopback = ['localhost', '127.0.0.1', '[::1]'];

const issuer = z
  .url({
    protocol: /^https?$/,
    error: 'expected a URL such as https://id.example.com',
    abort: true,
  })
  .refine((url) => {
    const { hash, hostname, password, protocol, search, username } = new URL(url);
    const bare = hash + password + search + username === '';
    return bare && (protocol === 'https:' || loopback.includes(hostname));
  }, 'expected an https URL without a password, a query or a fragment');

const mailDomains = listed
  .transform((domains) => domains.map((domain) => domain.toLowerCase()))
  .refine(
    (all) => all.every((one) => z.hostname().safeParse(one).success),
    'expected domains such as example.com, separated by commas',
  );

/** Secrets as the environment and the data folder name them. */
export const secretList = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .pipe(z.tuple([secret], secret));

const environment = z.object({
  PORT: wholeNumber('a port', 0, 65_535).default(3000),
  HOST: z.string().min(1, 'expected an address to listen on').default('127.0.0.1'),
  PUBLIC_URL: z
    .url({
      protocol: /^https?$/,
      error: 'expected a URL such as https://keys.example.com',
      abort: true,
    })
    .refine((url) => {
      const { hash, password, search, username } = new URL(url);
      return hash + password + search + username === '';
    }, 'expected a URL without a password, a query or a fragment')
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  DATABASE_URL: z
    .string()
    .regex(/^(sqlite:.+|postgres(ql)?:\/\/.+)$/, 'expected sqlite:{path} or postgres://…')
    .default('sqlite:./data/latchkey.db'),
  LATCHKEY_SECRET: secretList.optional(),
  LATCHKEY_OWNER_EMAIL: z.email('expected an e-mail address').optional(),
  LATCHKEY_OWNER_PASSWORD: z.string().min(8, 'expected at least 8 characters').max(128).optional(),
  LATCHKEY_ACCOUNT: z
    .string()
    .regex(/^[a-z0-9-]{2,40}$/, 'expected a slug: 2–40 characters out of a–z, 0–9 and the hyphen')
    .optional(),
  LATCHKEY_OIDC_ISSUER: issuer.optional(),
  LATCHKEY_OIDC_CLIENT_ID: z.string().optional(),
  LATCHKEY_OIDC_CLIENT_SECRET: z.string().optional(),
  LATCHKEY_OIDC_NAME: z.string().max(40, 'expected at most 40 characters').optional(),
  LATCHKEY_OIDC_DOMAINS: mailDomains.optional(),
  LATCHKEY_KEY_HEADER: headerName.default('x-api-key'),
  LATCHKEY_TOKEN_HEADER: headerName.default('x-api-token'),
  LATCHKEY_TOKEN_PREFIX: z
    .string()
    .regex(/^[a-z][a-z0-9]{0,15}$/, 'expected 1–16 characters out of a–z and 0–9, a letter first')
    .default('lk'),
  LATCHKEY_WORKERS: wholeNumber('a number of processes', 1, 128).default(1),
  LATCHKEY_STALENESS: z.coerce
    .number('expected seconds, 0–60')
    .min(0, 'expected seconds, 0–60')
    .max(60, 'expected seconds, 0–60')
    .default(5),
  LATCHKEY_IMPORTED_TOKENS: z.enum(['on', 'off'], 'expected on or off').default('off'),
  LATCHKEY_PRIVATE_WEBHOOKS: z.enum(['on', 'off'], 'expected on or off').default('off'),
  LATCHKEY_WRITES_PER_MINUTE: wholeNumber('a number of changes', 0, 1_000_000).default(6000),
  LATCHKEY_UNKNOWN_TOKENS_PER_MINUTE: wholeNumber('a number of tokens', 0, 1_000_000).default(6000),
  LATCHKEY_TRUSTED_PROXIES: proxies.default(['loopback']),
  LATCHKEY_CORS_ORIGINS: origins.default([]),
  LATCHKEY_LOG_LEVEL: z.enum(logLevels, `expected one of ${logLevels.join(', ')}`).default('info'),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'expected the URL of a collector, OTLP over HTTP' })
    .optional(),
  OTEL_SERVICE_NAME: z.string().default('latchkey'),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'expected smtp://… or smtps://…' }).optional(),
});

/** Where people of the company sign in, and as what Latchkey is known there. */
export interface IdentityProviderConfig {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** As the button calls it: *Sign in with …*. */
  name: string;
  /** Domains of e-mail addresses that may come in by it, in lower case; `undefined` for any. */
  domains: string[] | undefined;
}

/** The environment, parsed once. */
export interface Config {
  port: number;
  host: string;
  /** Without a slash at the end. */
  publicUrl: string;
  databaseUrl: string;
  /** `undefined` when it is to be read from, or made in, the data folder. */
  secrets: [Uint8Array, ...Uint8Array[]] | undefined;
  /** Who owns an empty instance; `undefined` when a set-up URL is to be printed. */
  owner: { email: string; password: string; account: string } | undefined;
  /** The company's identity provider, by OpenID Connect; `undefined` where there is none. */
  identityProvider: IdentityProviderConfig | undefined;
  headerNames: { key: string; token: string };
  tokenPrefix: string;
  /** Whether tokens that another system made verify here. */
  importedTokens: boolean;
  smtpUrl: string | undefined;
  /** Whether webhooks may lead into a private network, and by plain http: for development. */
  privateWebhooks: boolean;
  /** How many changes one member or key may make in a minute; 0 for no limit. */
  writesPerMinute: number;
  /** How many unknown tokens may come from one network in a minute; 0 for no limit. */
  unknownTokensPerMinute: number;
  /** The hops whose word on the client's address is taken, as `proxy-addr` takes them. */
  trustedProxies: string[];
  /** Other origins whose pages may call REST, never with a session. */
  corsOrigins: string[];
  logLevel: LogLevel;
  /** Where traces go, and under which name; `undefined` when there are none. */
  tracing: { endpoint: string; serviceName: string } | undefined;
  /** How many processes answer. */
  workers: number;
  /** The oldest knowledge of a credential that is served while the changes of other nodes cannot be heard, in milliseconds. */
  staleness: number;
}

/**
 * Values that mean something together alone.
 *
 * @param what they are, for the message.
 * @returns `undefined` when none is given.
 */
function readTogether<Name extends string>(
  env: Record<Name, string | undefined>,
  what: string,
): Record<Name, string> | undefined {
  const missing = Object.entries(env).filter(([, value]) => value === undefined);
  if (missing.length === 0) return env as Record<Name, string>;
  if (missing.length === Object.keys(env).length) return undefined;
  throw new ConfigError(
    `${missing[0]?.[0] ?? ''}: expected together with the other ${what} variables, or none of the three`,
  );
}

function readOwner(env: z.infer<typeof environment>): Config['owner'] {
  const { LATCHKEY_OWNER_EMAIL, LATCHKEY_OWNER_PASSWORD, LATCHKEY_ACCOUNT } = env;
  const given = { LATCHKEY_OWNER_EMAIL, LATCHKEY_OWNER_PASSWORD, LATCHKEY_ACCOUNT };
  const owner = readTogether(given, 'owner');
  return (
    owner && {
      email: owner.LATCHKEY_OWNER_EMAIL.toLowerCase(),
      password: owner.LATCHKEY_OWNER_PASSWORD,
      account: owner.LATCHKEY_ACCOUNT,
    }
  );
}

function readIdentityProvider(env: z.infer<typeof environment>): Config['identityProvider'] {
  const { LATCHKEY_OIDC_ISSUER, LATCHKEY_OIDC_CLIENT_ID, LATCHKEY_OIDC_CLIENT_SECRET } = env;
  const { LATCHKEY_OIDC_NAME: name, LATCHKEY_OIDC_DOMAINS: domains } = env;
  const given = { LATCHKEY_OIDC_ISSUER, LATCHKEY_OIDC_CLIENT_ID, LATCHKEY_OIDC_CLIENT_SECRET };
  const provider = readTogether(given, 'OIDC');
  return (
    provider && {
      issuer: provider.LATCHKEY_OIDC_ISSUER,
      clientId: provider.LATCHKEY_OIDC_CLIENT_ID,
      clientSecret: provider.LATCHKEY_OIDC_CLIENT_SECRET,
      name: name ?? new URL(provider.LATCHKEY_OIDC_ISSUER).hostname,
      domains,
    }
  );
}

/**
 * Parses the environment. An empty variable counts as unset.
 *
 * @throws {ConfigError} that names the first bad variable and says what is expected, in one line.
 */
export function readConfig(variables: Record<string, string | undefined>): Config {
  const given = Object.entries(variables).filter(([, value]) => value !== '');
  const parsed = environment.safeParse(Object.fromEntries(given));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ConfigError(`${String(issue?.path[0] ?? '')}: ${issue?.message ?? ''}`);
  }
  const env = parsed.data;
  if (env.LATCHKEY_KEY_HEADER === env.LATCHKEY_TOKEN_HEADER) {
    throw new ConfigError('LATCHKEY_TOKEN_HEADER: expected another name than LATCHKEY_KEY_HEADER');
  }
  if (env.DATABASE_URL.startsWith('postgres') && !env.LATCHKEY_SECRET) {
    throw new ConfigError(
      'LATCHKEY_SECRET: required with PostgreSQL: 32 bytes in base64 (openssl rand -base64 32)',
    );
  }
  return {
    port: env.PORT,
    host: env.HOST,
    publicUrl: env.PUBLIC_URL ?? `http://localhost:${String(env.PORT)}`,
    databaseUrl: env.DATABASE_URL,
    secrets: env.LATCHKEY_SECRET,
    owner: readOwner(env),
    identityProvider: readIdentityProvider(env),
    headerNames: { key: env.LATCHKEY_KEY_HEADER, token: env.LATCHKEY_TOKEN_HEADER },
    tokenPrefix: env.LATCHKEY_TOKEN_PREFIX,
    importedTokens: env.LATCHKEY_IMPORTED_TOKENS === 'on',
    smtpUrl: env.SMTP_URL,
    privateWebhooks: env.LATCHKEY_PRIVATE_WEBHOOKS === 'on',
    writesPerMinute: env.LATCHKEY_WRITES_PER_MINUTE,
    unknownTokensPerMinute: env.LATCHKEY_UNKNOWN_TOKENS_PER_MINUTE,
    trustedProxies: env.LATCHKEY_TRUSTED_PROXIES,
    corsOrigins: env.LATCHKEY_CORS_ORIGINS,
    logLevel: env.LATCHKEY_LOG_LEVEL,
    tracing:
      env.OTEL_EXPORTER_OTLP_ENDPOINT === undefined
        ? undefined
        : { endpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT, serviceName: env.OTEL_SERVICE_NAME },
    workers: env.LATCHKEY_WORKERS,
    staleness: env.LATCHKEY_STALENESS * 1000,
  };
}
