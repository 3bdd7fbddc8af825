import { existsSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { fileURLToPath } from 'node:url';
import {
  countFailures,
  makeKeyring,
  previewLink,
  Secret,
  type Clock,
  type Ports,
} from '@latchkey/core';
import type { Logger } from 'pino';
import { v7 as uuid } from 'uuid';
import { ConfigError, type Config } from './config.ts';
import { nodeCrypto } from './crypto/node-crypto.ts';
import { makeApp } from './http/app.ts';
import { makeIdempotency } from './http/idempotency.ts';
import { makeMetrics } from './http/metrics.ts';
import { makeContexts } from './http/request-context.ts';
import { makeLive } from './live/live.ts';
import { openMailer } from './mail/mailer.ts';
import { makeLimiters } from './limits/limiter.ts';
import { makeLimits } from './limits/limits.ts';
import { makeMissLimit } from './limits/miss-limit.ts';
import { makeBetterAuthPeople } from './people/better-auth-people.ts';
import { traceTransactions } from './observability/trace-transactions.ts';
import { makeAfterTheAnswer } from './people/after-the-answer.ts';
import { makeBrowserCookie } from './people/browser-cookie.ts';
import { makeFailedSignIns } from './people/failed-sign-ins.ts';
import { connectIdentityProvider } from './people/identity-provider.ts';
import { callbackPath, makeOpenIdConnect } from './people/openid-connect.ts';
import { makePasskeys } from './people/passkeys.ts';
import { makePasswordResets, type PasswordResets } from './people/password-resets.ts';
import type { People } from './people/people.ts';
import { makeRecoveryCodes } from './people/recovery-codes.ts';
import { makeSealer } from './people/sealer.ts';
import { makeSecondFactors } from './people/second-factors.ts';
import { makeSetUp, type SetUp } from './people/set-up.ts';
import { makeSignInChanges } from './people/sign-in-changes.ts';
import { checksOf, deriveKeys, readSecrets, toText } from './secrets/secrets.ts';
import { isTaken, openStore, peopleSchema } from './store/index.ts';
import { startSweeps } from './sweeps.ts';
import { makeAddressOf } from './verification/client-address.ts';
import { makeCredentialCache } from './verification/credential-cache.ts';
import { makeFailureCounter } from './verification/failure-counter.ts';
import { makeReceipts } from './verification/remote-verifiers/receipts.ts';
import { makeRemoteVerifiers } from './verification/remote-verifiers/remote-verifiers.ts';
import { makeUsageCounter } from './verification/usage-counter.ts';
import { makeVerifier } from './verification/verifier.ts';
import { makeVerification } from './verification/verification.ts';
import { makeCheckUrl } from './webhooks/check-url.ts';
import { makeWebhookSender } from './webhooks/webhook-sender.ts';

const spaFolder = fileURLToPath(new URL('../../admin/dist', import.meta.url));

/** Latchkey without a socket. */
export interface Service {
  handle: RequestListener;
  setUp: SetUp;
  people: People;
  passwordResets: PasswordResets;
  ports: Ports;
  /** Ends the answers that never end by themselves: call it before requests under way are waited for. */
  endStreams(): void;
  /** Writes what is not written yet and closes the database. Call it when no request is under way. */
  close(): Promise<void>;
}

/**
 * Opens the store and wires everything to it.
 *
 * @param clock what time it is: tests bring their own.
 * @throws {ConfigError | StoreError} with one line for the operator.
 */
export async function openService(
  config: Config,
  logger: Logger,
  clock: Clock = { now: () => new Date() },
): Promise<Service> {
  const { headerNames, publicUrl, tokenPrefix } = config;
  const secrets = await readSecrets(config);
  const onError = (error: unknown) => logger.error({ err: error }, 'failed');
  const opened = await openStore(config.databaseUrl, onError);
  const { changes, close, engine, idempotency, kysely, ping, sharedCounts } = opened;
  if (!(await opened.store.instance.recognise(checksOf(secrets)))) {
    await close();
    throw new ConfigError(
      'LATCHKEY_SECRET: expected the secret that this database was made with; under another one no token would verify',
    );
  }
  const metrics = makeMetrics();
  const makeLimiter = makeLimiters(sharedCounts, nodeCrypto);
  const misses = makeMissLimit(makeLimiter, config.unknownTokensPerMinute, onError);
  const credentials = makeCredentialCache(
    opened.store.credentials,
    config.staleness,
    metrics.traffic,
    misses,
  );
  changes.subscribe(credentials);
  const store = { ...traceTransactions(opened.store), credentials };
  const usage = makeUsageCounter(store.keys, onError);
  const ports: Ports = {
    store,
    usage,
    clock,
    crypto: nodeCrypto,
    keyring: makeKeyring(nodeCrypto, secrets),
    newId: uuid,
    settings: {
      publicUrl,
      tokenPrefix,
      importedTokens: config.importedTokens,
      mails: config.smtpUrl !== undefined,
    },
  };
  const failures = makeFailureCounter(async (counts) => countFailures(ports, counts), onError);
  const mailer =
    config.smtpUrl === undefined
      ? undefined
      : openMailer(config.smtpUrl, publicUrl, (reason) => {
          logger.warn(reason, 'a mail was not sent');
        });
  const signIn = makeBetterAuthPeople({
    database: { db: kysely, type: engine === 'sqlite' ? 'sqlite' : 'postgres' },
    schema: peopleSchema,
    identities: opened.identities,
    publicUrl,
    secrets: toText(deriveKeys(secrets, 'sessions')),
    crypto: nodeCrypto,
    isTaken,
    onError,
  });
  const people = { ...signIn, ...(mailer && { mailInvitation: mailer.mailInvitation }) };
  const afterTheAnswer = makeAfterTheAnswer(onError);
  const signInChanges = makeSignInChanges(ports, afterTheAnswer, mailer?.mailSignIn);
  const failedSignIns = makeFailedSignIns(ports, people, onError);
  const recoveryCodes = makeRecoveryCodes(ports);
  const passkeys = makePasskeys(
    ports,
    opened.passkeys,
    recoveryCodes,
    makeSealer(nodeCrypto, deriveKeys(secrets, 'passkeys')),
    makeBrowserCookie(publicUrl),
  );
  const secondFactors = makeSecondFactors(
    ports,
    opened.secondFactors,
    recoveryCodes,
    makeSealer(nodeCrypto, deriveKeys(secrets, 'second-factors')),
  );
  const limits = makeLimits(makeLimiter, config.writesPerMinute);
  const openIdConnect =
    config.identityProvider &&
    makeOpenIdConnect({
      ports,
      people,
      secondFactors,
      passkeys,
      provider: connectIdentityProvider(
        config.identityProvider,
        publicUrl + callbackPath,
        (reason) => logger.warn({ reason }, 'the identity provider'),
      ),
      attempts: limits.attempts,
      failedSignIns,
      signInChanges,
      sealer: makeSealer(nodeCrypto, deriveKeys(secrets, 'openid-connect')),
      domains: config.identityProvider.domains,
    });
  const passwordResets = makePasswordResets(ports, {
    records: opened.passwordResets,
    people,
    secondFactors,
    providerName: openIdConnect?.providerName,
    send: mailer?.mailReset,
    signInChanges,
    afterTheAnswer,
  });
  const setUp = makeSetUp(ports, people, deriveKeys(secrets, 'set-up')[0]);
  const live = makeLive({ ...store, feed: changes, clock });
  const app = makeApp({
    publicUrl,
    trustedProxies: config.trustedProxies,
    corsOrigins: config.corsOrigins,
    headerNames,
    logger,
    metrics,
    ping,
    ...(existsSync(spaFolder) && { spaFolder }),
    isLinkOpen: async (linkToken, from) =>
      (await previewLink(ports, new Secret(linkToken), from)).ok,
    makeContext: makeContexts({
      ports,
      people,
      failedSignIns,
      secondFactors,
      signInChanges,
      passkeys,
      passwordResets,
      setUp,
      openIdConnect,
      limits,
      live,
      checkWebhookUrl: makeCheckUrl(config.privateWebhooks),
      headerNames,
    }),
    idempotency: makeIdempotency(idempotency, nodeCrypto, deriveKeys(secrets, 'idempotency')),
  });
  const addressOf = makeAddressOf(config.trustedProxies);
  const verification = makeVerification({
    ports: { ...ports, credentials, failures, usage },
    headerNames,
    addressOf,
    traffic: metrics.traffic,
    onError,
  });
  const uncounted = { count: () => undefined };
  const remoteVerifiers = makeRemoteVerifiers({
    ports,
    idempotency,
    credentials,
    verifier: makeVerifier({ ...ports, credentials, failures, usage: uncounted }),
    receipts: makeReceipts(nodeCrypto, deriveKeys(secrets, 'usage-receipts')),
    feed: changes,
    headerNames,
    addressOf,
    onError,
  });
  const sendWebhook = makeWebhookSender(config.privateWebhooks ? { allows: () => true } : {});
  const stopSweeps = startSweeps(
    ports,
    { idempotency, passkeys: opened.passkeys, passwordResets: opened.passwordResets },
    onError,
    sendWebhook,
    mailer?.mailLetter,
  );

  return {
    ports,
    people,
    passwordResets,
    setUp,
    handle: (request, response) => {
      if (verification(request, response) || remoteVerifiers.answer(request, response)) return;
      app(request, response);
    },
    endStreams() {
      remoteVerifiers.end();
      live.end();
    },
    async close() {
      await stopSweeps();
      await afterTheAnswer.close();
      mailer?.close();
      await failedSignIns.close();
      await usage.close();
      await failures.close();
      await misses.close();
      await close();
    },
  };
}
