import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

import { SMTPServer } from 'smtp-server';

/** A mail as its server received it. */
export interface ReceivedMail {
  readonly to: readonly string[];
  /** Headers and text, as they were sent but for the line breaks that the sender put in. */
  readonly text: string;
}

/** A real mail server on a free port, which takes whatever comes. `await using` stops it. */
export interface MailServer extends AsyncDisposable {
  /** For `SMTP_URL`. */
  readonly url: string;
  readonly mails: readonly ReceivedMail[];
}

/** Starts a mail server. */
export async function startMailServer(): Promise<MailServer> {
  const mails: ReceivedMail[] = [];
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, { envelope }, done) {
      const receive = async () => {
        // Undoes the soft line breaks of quoted-printable.
        const text = (await buffer(stream)).toString().replaceAll('=\r\n', '');
        mails.push({ to: envelope.rcptTo.map(({ address }) => address), text });
        done();
      };
      void receive();
    },
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve());
  });
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${String(port)}`,
    mails,
    async [Symbol.asyncDispose]() {
      await new Promise<void>((resolve) => {
        server.close(resolve);
      });
    },
  };
}
