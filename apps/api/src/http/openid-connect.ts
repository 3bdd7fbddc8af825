import type { RequestHandler } from 'express';
import type { MakeContext } from './request-context.ts';

/** Where a browser comes back to from the identity provider: sends it on to a page of ours. The address holds a code, which is used up here. */
export function comeBackFromProvider(publicUrl: string, makeContext: MakeContext): RequestHandler {
  return async (request, response, next) => {
    const context = makeContext(request, response);
    if (!context.openIdConnect) {
      next();
      return;
    }
    const { searchParams } = new URL(request.originalUrl, publicUrl);
    const { cookies, url } = await context.openIdConnect.comeBack(searchParams, context);
    context.setCookies(cookies);
    response.set('Cache-Control', 'no-store').redirect(303, url);
  };
}
