import { renewalPeriods, type Account, type Actor } from '@latchkey/core';
import { z } from 'zod';
import { id, utcTime } from './values.ts';

export const account = z
  .object({
    id,
    slug: z.string().meta({ example: 'acme' }),
    name: z.string().meta({ example: 'Acme' }),
    createdAt: utcTime,
    permissions: z.array(z.string()).meta({ description: 'What you may do in this account.' }),
    owner: z.boolean().meta({ description: 'Whether you may grant every permission in it.' }),
  })
  .meta({ id: 'Account' });

export const settings = z
  .object({
    renewalPeriodMonths: z.literal(renewalPeriods).meta({
      description: 'The age of a token, in calendar months, from which its renewal is due.',
      example: 3,
    }),
  })
  .meta({ id: 'Settings' });

/** Shows an account to whoever entered it. */
export function viewAccount(shown: Account, actor: Actor): z.input<typeof account> {
  const grants = actor.kind === 'member' || actor.kind === 'key' ? actor.grants : undefined;
  return {
    id: shown.id,
    slug: shown.slug,
    name: shown.name,
    createdAt: shown.createdAt.toISOString(),
    permissions: [...(grants?.permissions ?? [])].sort(),
    owner: grants?.owner ?? false,
  };
}
