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
    mails: z.boolean().meta({
      description: 'Whether mail is set up: who forgot their password is sent a link then.',
    }),
  })
  .meta({ id: 'Instance' });
