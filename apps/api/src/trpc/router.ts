import { accountsRouter } from './accounts.ts';
import { auditEventsRouter } from './audit-events.ts';
import { credentialsRouter } from './credentials.ts';
import { externalKeysRouter } from './external-keys.ts';
import { instanceRouter } from './instance.ts';
import { invitationsRouter } from './invitations.ts';
import { keysRouter } from './keys.ts';
import { liveRouter } from './live.ts';
import { mailPreferenceRouter } from './mail-preference.ts';
import { membersRouter } from './members.ts';
import { openIdConnectRouter } from './openid-connect.ts';
import { passkeysRouter } from './passkeys.ts';
import { passwordResetsRouter } from './password-resets.ts';
import { router } from './procedures.ts';
import { profileRouter } from './profile.ts';
import { rolesRouter } from './roles.ts';
import { secondFactorRouter } from './second-factor.ts';
import { sessionRouter } from './session.ts';
import { sessionsRouter } from './sessions.ts';
import { settingsRouter } from './settings.ts';
import { setUpRouter } from './set-up.ts';
import { webhooksRouter } from './webhooks.ts';

/** Every procedure, by noun. REST and its OpenAPI document come out of the same ones: see `RestOperation`. */
export const appRouter = router({
  accounts: accountsRouter,
  auditEvents: auditEventsRouter,
  credentials: credentialsRouter,
  externalKeys: externalKeysRouter,
  instance: instanceRouter,
  invitations: invitationsRouter,
  keys: keysRouter,
  live: liveRouter,
  mailPreference: mailPreferenceRouter,
  members: membersRouter,
  openIdConnect: openIdConnectRouter,
  passkeys: passkeysRouter,
  passwordResets: passwordResetsRouter,
  profile: profileRouter,
  roles: rolesRouter,
  secondFactor: secondFactorRouter,
  session: sessionRouter,
  sessions: sessionsRouter,
  settings: settingsRouter,
  setUp: setUpRouter,
  webhooks: webhooksRouter,
});

export type { ProviderWord } from '../people/openid-connect.ts';

/** What a typed client knows of the API. */
export type AppRouter = typeof appRouter;
