import {
  readMailPreference,
  setMailPreference,
  type MailPreference,
  type Ports,
} from '@latchkey/core';
import { mailPreference, shownMailPreference } from '../contract/mail-preference.ts';
import { accountInput, accountProcedure, rest, router } from './procedures.ts';
import { unwrap } from './refusal-error.ts';

const path = '/accounts/{account}/mail-preference';

const view = ({ settings }: Ports, preference: MailPreference) => ({
  ...preference,
  mailed: settings.mails,
});

export const mailPreferenceRouter = router({
  get: accountProcedure
    .meta(rest({ method: 'GET', path, summary: 'Get what you are mailed of the account' }))
    .input(accountInput({}))
    .output(shownMailPreference)
    .query(async ({ ctx: { call, ports } }) =>
      view(ports, unwrap(await readMailPreference(ports, call))),
    ),

  set: accountProcedure
    .meta(rest({ method: 'PUT', path, summary: 'Set what you are mailed of the account' }))
    .input(accountInput(mailPreference.shape))
    .output(shownMailPreference)
    .mutation(async ({ ctx: { call, ports }, input: { digest, events, language } }) =>
      view(ports, unwrap(await setMailPreference(ports, call, { digest, events, language }))),
    ),
});
