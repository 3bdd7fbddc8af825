import type { MiddlewareHandler } from 'hono';
import type { Identity } from '../verifier/index.ts';
import { makeGuard, type ApiKeyRequirement } from './guard.ts';

/** What handlers behind `requireApiKey` find in their context: `context.var.apiKey`. */
export interface ApiKeyEnv {
  Variables: { apiKey: Identity };
}

/** Lets only valid API keys through to the handlers behind it, which find who it is in `context.var.apiKey`. */
export function requireApiKey(requirement: ApiKeyRequirement): MiddlewareHandler<ApiKeyEnv> {
  const judge = makeGuard(requirement);
  return async (context, next) => {
    const admission = await judge((name) => context.req.header(name));
    if (!admission.admitted) {
      const { status, headers, body } = admission.refusal;
      return context.body(JSON.stringify(body), status, headers);
    }
    context.set('apiKey', admission.identity);
    await next();
    return undefined;
  };
}
