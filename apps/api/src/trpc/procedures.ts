import {
  enterAccount,
  type Call,
  type ManagementPermission,
  type RefusalCode,
} from '@latchkey/core';
import { initTRPC } from '@trpc/server';
import { z } from 'zod';
import { slug } from '../contract/values.ts';
import type { Context } from './context.ts';
import { nobody, readRefusal, RefusalError, unwrap } from './refusal-error.ts';

/** How the REST door opens a procedure. A procedure without it has no REST operation. */
export interface RestOperation {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/v1`, parameters in braces: `/accounts/{account}/keys`. */
  path: `/${string}`;
  /** One line for the API reference. */
  summary: string;
  /** More for the API reference, where a line does not say it. */
  description?: string;
  /** 200 unless told; 204 sends nothing. */
  status?: 200 | 201 | 204;
  /** Of a 201: where what was made is, below `/v1`. Braces hold a path parameter, or a dotted place in the output. */
  location?: `/${string}`;
  /** What it answers with, where it is a file and no JSON. */
  mediaType?: string;
  /** What REST shows, where it is less than tRPC's output: an `etag` travels in a header instead. */
  output?: z.ZodType;
  /** Of an operation of an account: the permissions of which one is needed. None where whoever belongs to the account may. */
  needs?: readonly ManagementPermission[];
  /** What it refuses besides bad input, want of a session, of an account and of a permission. */
  refusals?: readonly RefusalCode[];
}

/** Who may call a procedure: anyone, whoever proved who they are, or whoever belongs to the account that the input names. */
export type Access = 'anyone' | 'signed-in' | 'account';

/** What is told of a procedure beside its types. */
export interface Meta {
  access?: Access;
  rest?: RestOperation;
}

/** Opens a procedure to REST. */
export function rest(operation: RestOperation): Meta {
  return { rest: operation };
}

const t = initTRPC
  .context<Context>()
  .meta<Meta>()
  .create({
    // Proxies give a silent connection up after a minute or so.
    sse: {
      ping: { enabled: true, intervalMs: 15_000 },
      client: { reconnectAfterInactivityMs: 40_000 },
    },
    errorFormatter({ shape, error }) {
      const refusal = readRefusal(error);
      const { stack: _, ...data } = shape.data;
      return {
        ...shape,
        message: refusal.detail,
        data: { ...data, refusal },
      };
    },
  });

export const router = t.router;

/** Whoever asks. */
export const publicProcedure = t.procedure.meta({ access: 'anyone' });

/** A person or a key that proved who they are. */
export const signedInProcedure = t.procedure
  .meta({ access: 'signed-in' })
  .use(async ({ ctx, next }) => {
    const principal = await ctx.principal();
    if (!principal) throw nobody();
    return next({ ctx: { ...ctx, principal } });
  });

/** A person who signed in: of what is theirs a key has nothing. */
export const personProcedure = signedInProcedure.use(async ({ ctx, next }) => {
  const session = ctx.principal.kind === 'person' ? await ctx.session() : null;
  if (!session) {
    throw new RefusalError({ code: 'FORBIDDEN', detail: 'This is for a person who signed in.' });
  }
  return next({ ctx: { ...ctx, person: session.person, sessionId: session.id } });
});

/** Somebody who belongs to the account that the input names. */
export const accountProcedure = signedInProcedure
  .meta({ access: 'account' })
  .input(z.object({ account: slug }))
  .use(async ({ ctx, input, next, type }) => {
    const entered = unwrap(await enterAccount(ctx.ports, ctx.principal, input.account));
    const { id, kind } = ctx.principal;
    const limited = type === 'mutation' && (await ctx.limits.write(`${kind} ${id}`));
    if (limited) throw new RefusalError(limited);
    const call: Call = { ...entered, from: ctx.from };
    return next({ ctx: { ...ctx, call } });
  });

/** The input of a procedure of an account: the account and what else it takes, and nothing else. */
export function accountInput<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.strictObject({ account: slug, ...shape });
}
