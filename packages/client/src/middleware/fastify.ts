import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Identity } from '../verifier/index.ts';
import { makeGuard, type ApiKeyRequirement } from './guard.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who presented a valid API key; set behind `requireApiKey`. */
    apiKey?: Identity;
  }
}

/** A hook for `onRequest` or `preHandler`. */
export type ApiKeyHook = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

/** Lets only valid API keys through to the handlers behind it, which find who it is in `request.apiKey`. */
export function requireApiKey(requirement: ApiKeyRequirement): ApiKeyHook {
  const judge = makeGuard(requirement);
  return async (request, reply) => {
    const admission = await judge((name) => request.raw.headersDistinct[name]);
    if (!admission.admitted) {
      const { status, headers, body } = admission.refusal;
      return reply.code(status).headers(headers).send(JSON.stringify(body));
    }
    request.apiKey = admission.identity;
    return undefined;
  };
}

/** Who called, in a handler behind `requireApiKey`. @throws when it is not behind it. */
export function apiKeyOf(request: FastifyRequest): Identity {
  if (!request.apiKey) throw new Error('This handler is not behind requireApiKey.');
  return request.apiKey;
}
