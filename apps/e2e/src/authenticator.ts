import type { CDPSession, Page } from '@playwright/test';

/** A device that keeps passkeys and verifies its person by itself: Chromium's own, for tests. */
export interface Authenticator {
  /** Whether the person is there, and lets themselves be verified. Somebody who is away never answers the browser. */
  person(is: 'verified' | 'refusing' | 'away'): Promise<void>;
  /** How many passkeys it keeps. */
  count(): Promise<number>;
  /** Takes it away from its page. */
  remove(): Promise<void>;
}

/** Gives the browser of a page a device that keeps passkeys. */
export async function addAuthenticator(page: Page): Promise<Authenticator> {
  const devtools: CDPSession = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    async person(is) {
      await devtools.send('WebAuthn.setUserVerified', {
        authenticatorId,
        isUserVerified: is === 'verified',
      });
      await devtools.send('WebAuthn.setAutomaticPresenceSimulation', {
        authenticatorId,
        enabled: is !== 'away',
      });
    },
    async count() {
      const { credentials } = await devtools.send('WebAuthn.getCredentials', { authenticatorId });
      return credentials.length;
    },
    async remove() {
      await devtools.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId });
    },
  };
}
