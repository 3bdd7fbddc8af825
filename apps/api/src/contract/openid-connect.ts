import { z } from 'zod';
import { secondFactor } from './problem.ts';
import { handedSecret } from './values.ts';

/** What the page of the sign-in is told of the company's identity provider. */
export const identityProvider = z.object({
  name: z.string().nullable().meta({ description: 'Null where none is set up.' }),
});

export const beginOpenIdConnectBody = {
  /** Where to go in the end: the start, unless it is a page of ours. */
  returnPath: z.string().max(10_000),
  /** To be accepted on the way. */
  invitation: handedSecret.optional(),
};

/** Where to send the browser. */
export const begunOpenIdConnect = z.object({
  url: z.string().nullable().meta({ description: 'Null while the provider cannot be reached.' }),
});

/** What the second step can ask for. */
export const awaitedFactors = z.object({ factors: z.array(secondFactor) });

/** Where a page of ours is that comes next. */
export const pagePath = z.object({ path: z.string() });
