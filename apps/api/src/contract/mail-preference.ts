import { mailLanguages } from '@latchkey/core';
import { z } from 'zod';

export const mailPreference = z
  .object({
    events: z.boolean().meta({ description: 'Whether each important event is mailed, at once.' }),
    digest: z.boolean().meta({ description: 'Whether the alerts of a day are, in one mail.' }),
    language: z.enum(mailLanguages),
  })
  .meta({ id: 'MailPreference' });

/** What somebody wants to be mailed, and whether anything is. */
export const shownMailPreference = mailPreference
  .extend({ mailed: z.boolean().meta({ description: 'Whether the operator has set mail up.' }) })
  .meta({ id: 'ShownMailPreference' });
