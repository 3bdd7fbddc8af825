import type { Letter, Secret } from '@latchkey/core';
import { createTransport } from 'nodemailer';
import type { SendResetMail } from '../people/password-resets.ts';
import type { SendSignInMail } from '../people/sign-in-changes.ts';
import { writeLetter, type WrittenLetter } from './write-letter.ts';
import { writeResetMail } from './write-reset-mail.ts';
import { writeSignInMail } from './write-sign-in-mail.ts';

/** How long a mail server may take for each step, in milliseconds: the inviter waits for it. */
const patience = 5000;

/** Sends mail through the server that `SMTP_URL` names. */
export interface Mailer {
  /**
   * Mails an invitation.
   *
   * @param account the account's name.
   * @param url the single-use link.
   * @returns whether the mail server took it; otherwise somebody else must hand the link over.
   */
  mailInvitation(email: string, account: string, url: Secret): Promise<boolean>;
  /** Mails what a member is told. @returns whether the mail server took it. */
  mailLetter(letter: Letter): Promise<boolean>;
  /** Mails a link to choose a new password, or why there is none. */
  mailReset: SendResetMail;
  /** Mails a person that what they sign in with was changed. */
  mailSignIn: SendSignInMail;
  close(): void;
}

/** What is safe to tell of a mail that failed: an answer of the server could repeat the mail. */
function describeFailure(error: unknown): Record<string, unknown> {
  if (typeof error !== 'object' || error === null) return {};
  const { code, command, responseCode } = error as Record<string, unknown>;
  return { code, command, responseCode };
}

/**
 * Opens the mailer.
 *
 * @param smtpUrl `smtp://user:password@host:port` or `smtps://…`; `?from=` says who writes, otherwise `latchkey@` the host of the public URL.
 * @param onFailure hears of each mail that was not taken, and why; never of what stood in it.
 */
export function openMailer(
  smtpUrl: string,
  publicUrl: string,
  onFailure: (reason: Record<string, unknown>) => void,
): Mailer {
  const server = new URL(smtpUrl);
  const from = server.searchParams.get('from') ?? `latchkey@${new URL(publicUrl).hostname}`;
  server.searchParams.delete('from');
  const transport = createTransport({
    url: server.href,
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: patience,
    // No mail of ours names a file or an address to fetch.
    disableFileAccess: true,
    disableUrlAccess: true,
  });

  async function send(to: string, mail: WrittenLetter): Promise<boolean> {
    try {
      await transport.sendMail({
        from: { name: 'Latchkey', address: from },
        to: { name: '', address: to },
        ...mail,
      });
      return true;
    } catch (error) {
      onFailure(describeFailure(error));
      return false;
    }
  }

  return {
    mailInvitation: async (email, account, url) =>
      send(email, {
        subject: `You are invited to ${account}`,
        text: [
          `You are invited to manage the API keys of ${account}.`,
          'Open this link to join. It works once, and only for you:',
          url.reveal(),
          'If you expected no invitation, ignore this mail.',
        ].join('\n\n'),
      }),
    mailLetter: async (letter) => send(letter.to, writeLetter(letter, publicUrl)),
    mailReset: async (to, language, mail) => send(to, writeResetMail(mail, language, publicUrl)),
    mailSignIn: async (to, language, mail) => send(to, writeSignInMail(mail, language, publicUrl)),
    close: () => transport.close(),
  };
}
