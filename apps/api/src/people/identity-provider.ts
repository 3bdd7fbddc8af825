import * as oidc from 'openid-client';
import { z } from 'zod';
import type { IdentityProviderConfig } from '../config.ts';
import type { Identity } from '../contract/identities.ts';
import { email } from '../contract/values.ts';

/** What one sign-in is bound to: whoever began it keeps them, and nobody else knows them. */
export const checks = z.object({ state: z.string(), nonce: z.string(), verifier: z.string() });
export type Checks = z.infer<typeof checks>;

/** What the provider says of somebody who signed in there. */
export interface Claims {
  identity: Identity;
  /** In lower case; `null` unless the provider says that it was verified. */
  email: string | null;
  /** As the provider has it. */
  name: string | null;
}

/** Why somebody cannot come in by the provider: they or it said no, it cannot be reached, or its answer is not to be trusted. */
export type ProviderProblem = 'denied' | 'unavailable' | 'failed';

/** A company's identity provider, spoken with by OpenID Connect: authorization code, PKCE, state and nonce. */
export interface IdentityProvider {
  /** As the button calls it. */
  name: string;
  /** Where to send a browser; `null` when the provider cannot be reached, or is not what the settings say. */
  begin(): Promise<{ url: string; checks: Checks } | null>;
  /** Exchanges what the browser brought back for who it is. @param query of the address that it came back to. */
  finish(query: URLSearchParams, checks: Checks): Promise<Claims | ProviderProblem>;
}

/** How long the provider may take to answer, in seconds. */
const timeout = 10;

/** Only `openid` and what is asked of people here: an address and a name. */
const scope = 'openid email profile';

/** The provider's own words for what passes. */
const passing = new Set(['server_error', 'temporarily_unavailable']);

/** True, or the way in which some providers write it. */
const affirmed = z.union([z.literal(true), z.literal(1), z.literal('true'), z.literal('1')]);

/** Entra ID does not say `email_verified`; `xms_edov` is that the address's domain was proven to be the tenant's. */
const verifiedEmail = z
  .union([
    z.object({ email, email_verified: affirmed }),
    z.object({ email, email_verified: z.undefined().optional(), xms_edov: affirmed }),
  ])
  .transform((claims) => claims.email);

/** What of an error may stand in a log: never what was sent or received, which holds codes and tokens. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { code, error: told } = error as { code?: unknown; error?: unknown };
  const said = [code, told].filter(
    (word) => typeof word === 'string' && /^[\w.-]{1,60}$/.test(word),
  );
  return [error.message, ...said].join(' ');
}

/** Whether no answer came, or one that says that it is the provider's fault. */
function isUnavailable(error: unknown): boolean {
  if (error instanceof oidc.ResponseBodyError) return error.status >= 500;
  // Whatever keeps `fetch` from an answer is a TypeError without a code.
  if (!(error instanceof oidc.ClientError)) return error instanceof TypeError && !('code' in error);
  if (error.code === 'OAUTH_TIMEOUT') return true;
  if (error.cause instanceof Response) return error.cause.status >= 500;
  return error.code === undefined;
}

function readProblem(error: unknown): ProviderProblem {
  if (error instanceof oidc.AuthorizationResponseError) {
    if (error.error === 'access_denied') return 'denied';
    return passing.has(error.error) ? 'unavailable' : 'failed';
  }
  return isUnavailable(error) ? 'unavailable' : 'failed';
}

/** The claims of the ID token, and those that the provider gives out separately. */
async function readClaims(
  config: oidc.Configuration,
  tokens: Awaited<ReturnType<typeof oidc.authorizationCodeGrant>>,
): Promise<Claims> {
  const token = tokens.claims();
  if (!token) throw new Error('no ID token');
  const asked = token['email'] === undefined && config.serverMetadata().userinfo_endpoint;
  const more = asked ? await oidc.fetchUserInfo(config, tokens.access_token, token.sub) : {};
  const said: Record<string, unknown> = { ...more, ...token };
  return {
    identity: { issuer: token.iss, subject: token.sub },
    email: verifiedEmail.safeParse(said).data ?? null,
    name: z.string().safeParse(said['name']).data ?? null,
  };
}

/**
 * Connects to an identity provider. It is asked for nothing before somebody wants to sign in, so that it may be down until then.
 *
 * @param redirectUri where browsers come back to, as it is registered there.
 * @param onProblem hears what went wrong, in words that hold no secret.
 */
export function connectIdentityProvider(
  { clientId, clientSecret, issuer, name }: IdentityProviderConfig,
  redirectUri: string,
  onProblem: (reason: string) => void,
): IdentityProvider {
  const [basic, post] = [oidc.ClientSecretBasic(clientSecret), oidc.ClientSecretPost(clientSecret)];
  const authenticate: oidc.ClientAuth = (server, ...request) => {
    const { token_endpoint_auth_methods_supported: methods = ['client_secret_basic'] } = server;
    (methods.includes('client_secret_basic') ? basic : post)(server, ...request);
  };

  let known: oidc.Configuration | undefined;
  let asking: Promise<oidc.Configuration> | undefined;

  const ask = async () => {
    const server = new URL(issuer);
    const execute = [
      // The signature is checked too where TLS alone would do.
      oidc.enableNonRepudiationChecks,
      ...(server.protocol === 'http:' ? [oidc.allowInsecureRequests] : []),
    ];
    return oidc.discovery(server, clientId, undefined, authenticate, { timeout, execute });
  };

  /** What the provider says of itself now: asked once for all who want to know at the same time. */
  const discover = async () => {
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    known = await asking;
    return known;
  };

  return {
    name,

    async begin() {
      try {
        // Each time, so that nobody is sent to a provider that is down.
        const config = await discover();
        const bound = {
          state: oidc.randomState(),
          nonce: oidc.randomNonce(),
          verifier: oidc.randomPKCECodeVerifier(),
        };
        const url = oidc.buildAuthorizationUrl(config, {
          redirect_uri: redirectUri,
          scope,
          state: bound.state,
          nonce: bound.nonce,
          code_challenge: await oidc.calculatePKCECodeChallenge(bound.verifier),
          code_challenge_method: 'S256',
        });
        return { url: url.href, checks: bound };
      } catch (error) {
        onProblem(describe(error));
        return null;
      }
    },

    async finish(query, { nonce, state, verifier }) {
      try {
        const config = known ?? (await discover());
        const answered = new URL(redirectUri);
        answered.search = query.toString();
        const tokens = await oidc.authorizationCodeGrant(config, answered, {
          expectedNonce: nonce,
          expectedState: state,
          pkceCodeVerifier: verifier,
        });
        return await readClaims(config, tokens);
      } catch (error) {
        const problem = readProblem(error);
        if (problem !== 'denied') onProblem(describe(error));
        return problem;
      }
    },
  };
}
