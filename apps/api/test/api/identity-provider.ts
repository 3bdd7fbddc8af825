import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider, type Configuration } from 'oidc-provider';

/** What the provider knows of somebody. */
export interface ProviderClaims {
  sub: string;
  email?: string;
  email_verified?: boolean;
  xms_edov?: boolean;
  name?: string;
}

/** A real OpenID provider on this machine. */
export interface TestIdentityProvider {
  issuer: string;
  clientSecret: string;
  /** The environment of a Latchkey that signs people in by it. */
  variables: Record<string, string>;
  /** Who sits at every browser that comes; `null` says no instead. */
  person: ProviderClaims | null;
  /** Begins to answer, for a client that browsers come back to at this address. */
  open(redirectUri: string, more?: Configuration): void;
  /** Signs {@link person} in as a browser does. @returns the address that the browser is sent to in the end. */
  visit(url: string): Promise<URL>;
  /** Nobody answers any more. */
  close(): Promise<void>;
  /** Somebody answers again, at the same address. */
  reopen(): Promise<void>;
}

const signingKey = {
  ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }),
  alg: 'RS256',
  use: 'sig',
};

async function listen(handle: RequestListener, port: number): Promise<Server> {
  const server = createServer(handle).listen(port, '127.0.0.1');
  // A test that takes its time would send its next request on a connection that is being closed for idleness.
  server.keepAliveTimeout = 0;
  await once(server, 'listening');
  return server;
}

/** A browser's requests to one site, with its cookies, until it is sent elsewhere. */
async function follow(start: string): Promise<URL> {
  const cookies = new Map<string, string>();
  const { origin } = new URL(start);
  let url = new URL(start);
  while (url.origin === origin) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(url, { redirect: 'manual', headers: { cookie } });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';', 1);
      const equals = pair.indexOf('=');
      cookies.set(pair.slice(0, equals), pair.slice(equals + 1));
    }
    const location = answer.headers.get('location');
    if (location === null) throw new Error(`${url.pathname} leads nowhere: ${await answer.text()}`);
    url = new URL(location, url);
  }
  return url;
}

/** Starts a provider, which answers once it is opened. */
export async function startIdentityProvider(): Promise<TestIdentityProvider> {
  let answer: RequestListener = (_request, response) => response.writeHead(503).end();
  const handle: RequestListener = (request, response) => answer(request, response);
  let server = await listen(handle, 0);
  const { port } = server.address() as AddressInfo;
  const issuer = `http://127.0.0.1:${String(port)}`;
  const clientSecret = randomBytes(24).toString('base64url');
  const clientId = 'latchkey';

  const idp: TestIdentityProvider = {
    issuer,
    clientSecret,
    variables: {
      LATCHKEY_OIDC_ISSUER: issuer,
      LATCHKEY_OIDC_CLIENT_ID: clientId,
      LATCHKEY_OIDC_CLIENT_SECRET: clientSecret,
      LATCHKEY_OIDC_NAME: 'Acme ID',
    },
    person: null,
    open(redirectUri, more) {
      const provider = new Provider(issuer, {
        clients: [
          { client_id: clientId, client_secret: clientSecret, redirect_uris: [redirectUri] },
        ],
        pkce: { required: () => true },
        claims: { email: ['email', 'email_verified', 'xms_edov'], profile: ['name'] },
        features: { devInteractions: { enabled: false } },
        interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
        jwks: { keys: [signingKey] },
        ttl: { AccessToken: 600, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
        cookies: { keys: [randomBytes(16).toString('hex')] },
        findAccount: (_context, sub) => ({
          accountId: sub,
          claims: () => ({ ...idp.person, sub }),
        }),
        async loadExistingGrant(context) {
          const { client, session } = context.oidc;
          const grant = new context.oidc.provider.Grant({
            clientId: client?.clientId,
            accountId: session?.accountId,
          });
          grant.addOIDCScope('openid email profile');
          await grant.save();
          return grant;
        },
        ...more,
      });
      const callback = provider.callback();
      answer = (request, response) => {
        if (!request.url?.startsWith('/interaction/')) {
          void callback(request, response);
          return;
        }
        const result = idp.person
          ? { login: { accountId: idp.person.sub } }
          : { error: 'access_denied', error_description: 'They would not.' };
        void provider.interactionFinished(request, response, result);
      };
    },
    visit: follow,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
    async reopen() {
      server = await listen(handle, port);
    },
  };
  return idp;
}
