import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Identity } from '../verifier/index.ts';
import { makeGuard, type ApiKeyRequirement } from './guard.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who presented a valid API key; set behind `requireApiKey`. */
    apiKey?: Identity;
  }
}

/** A header's values, one by one. Raw, since requests over HTTP/2 and those that `inject` makes up have no `headersDistinct`. */
function valuesOf({ raw: { rawHeaders } }: FastifyRequest, name: string): readonly string[] {
  return rawHeaders.filter(
    (_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name,
  );
}

/** A hook for `onRequest` or `preHandler`. */
export type ApiKeyHook = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

/** Lets only valid API keys through to the handlers behind it, which find who it is in `request.apiKey`. */
export function requireApiKey(requirement: ApiKeyRequirement): ApiKeyHook {
  const judge = makeGuard(requirement);
  return async (request, reply) => {
    const admission = await judge((name) => valuesOf(request, name));
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
