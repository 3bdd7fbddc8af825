import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import { Provider } from 'oidc-provider';

/** A company's real identity provider on this machine, of another site than Latchkey: whoever gives an address is let in as its owner. */
export interface IdentityProvider extends AsyncDisposable {
  /** The environment of a Latchkey that signs people in by it. */
  readonly variables: Readonly<Record<string, string>>;
  /** Nobody answers any more. */
  close(): Promise<void>;
  /** Somebody answers again. */
  reopen(): Promise<void>;
}

const signingKey = {
  ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }),
  alg: 'RS256',
  use: 'sig',
};

const form = `<!doctype html><html lang="en"><title>Acme ID</title><h1>Acme ID</h1>
<form method="post">
<label>Work address <input name="email" type="email"></label>
<button name="answer" value="yes">Continue</button>
<button name="answer" value="no">Turn back</button>
</form></html>`;

async function interact(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'POST') {
    response.setHeader('content-type', 'text/html').end(form);
    return;
  }
  const given = new URLSearchParams(await text(request));
  const result =
    given.get('answer') === 'yes'
      ? { login: { accountId: given.get('email') ?? '' } }
      : { error: 'access_denied', error_description: 'They turned back.' };
  await provider.interactionFinished(request, response, result);
}

async function listen(handle: RequestListener, port: number): Promise<Server> {
  const server = createServer(handle).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/** Starts a provider for one client. @param redirectUri where the client's browsers come back to */
export async function startIdentityProvider(redirectUri: string): Promise<IdentityProvider> {
  let answer: RequestListener = (_request, response) => response.writeHead(503).end();
  const handle: RequestListener = (request, response) => answer(request, response);
  let server = await listen(handle, 0);
  const { port } = server.address() as AddressInfo;
  const issuer = `http://127.0.0.1:${port}`;
  const secret = randomBytes(24).toString('base64url');

  const provider = new Provider(issuer, {
    clients: [{ client_id: 'latchkey', client_secret: secret, redirect_uris: [redirectUri] }],
    pkce: { required: () => true },
    claims: { email: ['email', 'email_verified'], profile: ['name'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    jwks: { keys: [signingKey] },
    ttl: { AccessToken: 600, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
    cookies: { keys: [randomBytes(16).toString('hex')] },
    findAccount: (_context, sub) => ({
      accountId: sub,
      claims: () => ({ sub, email: sub, email_verified: true, name: 'Vera Viewer' }),
    }),
    async loadExistingGrant({ oidc }) {
      const grant = new oidc.provider.Grant({
        clientId: oidc.client?.clientId,
        accountId: oidc.session?.accountId,
      });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
  });
  const callback = provider.callback();
  answer = (request, response) => {
    const answered = request.url?.startsWith('/interaction/')
      ? interact(provider, request, response)
      : callback(request, response);
    answered.catch((error: unknown) => response.writeHead(500).end(String(error)));
  };

  const close = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return {
    variables: {
      LATCHKEY_OIDC_ISSUER: issuer,
      LATCHKEY_OIDC_CLIENT_ID: 'latchkey',
      LATCHKEY_OIDC_CLIENT_SECRET: secret,
      LATCHKEY_OIDC_NAME: 'Acme ID',
    },
    close,
    async reopen() {
      server = await listen(handle, port);
    },
    async [Symbol.asyncDispose]() {
      if (server.listening) await close();
    },
  };
}
