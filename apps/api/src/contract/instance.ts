import { z } from 'zod';

/** What an instance says of itself to anybody. */
export const instance = z
  .object({
    credentialHeaders: z
      .object({
        key: z.string().meta({ example: 'X-API-Key' }),
        token: z.string().meta({ example: 'X-API-Token' }),
      })
      .meta({ description: 'The headers that carry a credential here.' }),
  })
  .meta({ id: 'Instance' });
