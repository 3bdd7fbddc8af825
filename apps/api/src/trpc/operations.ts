import type { AnyTRPCProcedure, AnyTRPCRouter } from '@trpc/server';
import { z } from 'zod';
import { downloadsRouter } from './downloads.ts';
import type { Access, Meta, RestOperation } from './procedures.ts';
import { appRouter } from './router.ts';

/** A procedure that REST opens, with all that its door and its documentation need. */
export interface Operation extends RestOperation {
  /** Its name over tRPC: `keys.list`. */
  name: string;
  router: AnyTRPCRouter;
  type: 'query' | 'mutation' | 'subscription';
  access: Access;
  /** Path parameters, and query or body, together. */
  input: z.ZodObject<Record<string, z.ZodType>>;
  /** What REST answers. */
  output: z.ZodType;
  /** Whether the answer carries an entity tag. */
  tagged: boolean;
}

/** Whether an output has an entity tag, on itself or on the key, member or webhook that it holds. */
function isTagged(output: unknown): boolean {
  if (!(output instanceof z.ZodObject)) return false;
  const { key, member, webhook } = output.shape;
  return 'etag' in output.shape || isTagged(key ?? member ?? webhook);
}

const nothing = z.strictObject({});

function toOperation(
  router: AnyTRPCRouter,
  [name, procedure]: [string, AnyTRPCProcedure],
): Operation[] {
  const { type, meta, inputs, output } = procedure._def as {
    type: Operation['type'];
    meta?: Meta;
    inputs: readonly unknown[];
    output?: unknown;
  };
  if (!meta?.rest) return [];
  // The last parser names every field, those of the parsers before it among them.
  const input = inputs.at(-1);
  const shown = meta.rest.output ?? output;
  if (!(shown instanceof z.ZodType)) throw new Error(`The procedure ${name} declares no output.`);
  return [
    {
      ...meta.rest,
      name,
      router,
      type,
      access: meta.access ?? 'anyone',
      input: input instanceof z.ZodObject ? input : nothing,
      output: shown,
      tagged: isTagged(output),
    },
  ];
}

/** Every REST operation, read off the routers themselves, so that none can be forgotten. */
export const operations: readonly Operation[] = [appRouter, downloadsRouter].flatMap((router) =>
  Object.entries(router._def.procedures as unknown as Record<string, AnyTRPCProcedure>).flatMap(
    (entry) => toOperation(router, entry),
  ),
);
