import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

/** A mail as its server received it. */
export interface ReceivedMail {
  from: string;
  to: string[];
  /** Headers and text, decoded. */
  text: string;
}

/** What a mail server asks whoever sends. */
export const credentials = { user: 'latchkey', pass: 'the-smtp-password' };

/** Undoes quoted-printable, and the same in a header. */
function decode(raw: string): string {
  return raw
    .replaceAll('?=\r\n =?UTF-8?Q?', '')
    .replaceAll(/=\?UTF-8\?Q\?(.*?)\?=/g, (_, words: string) => words.replaceAll('_', ' '))
    .replaceAll('=\r\n', '')
    .replaceAll(/(?:=[0-9A-F]{2})+/g, (bytes) =>
      Buffer.from(bytes.replaceAll('=', ''), 'hex').toString(),
    );
}

/**
 * A real mail server on a free port.
 *
 * @param options `refuses` answers every mail with a refusal that repeats it; `until` is waited for before any is taken.
 */
export async function startMailServer({
  refuses = false,
  until = Promise.resolve(),
}: { refuses?: boolean; until?: Promise<void> } = {}) {
  const mails: ReceivedMail[] = [];
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth({ username, password }, _session, done) {
      const isRight = username === credentials.user && password === credentials.pass;
      done(isRight ? null : new Error('Wrong password'), { user: username });
    },
    onData(stream, { envelope }, done) {
      const receive = async () => {
        const text = decode((await buffer(stream)).toString());
        await until;
        if (refuses) {
          done(Object.assign(new Error(`Spam: ${text.slice(-200)}`), { responseCode: 554 }));
          return;
        }
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        mails.push({ from, to: envelope.rcptTo.map(({ address }) => address), text });
        done();
      };
      void receive();
    },
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve());
  });
  const { port } = server.server.address() as AddressInfo;
  const { user, pass } = credentials;
  const stop = async () =>
    new Promise<void>((resolve) => {
      server.close(resolve);
    });
  return { mails, port, stop, url: `smtp://${user}:${pass}@127.0.0.1:${String(port)}` };
}

/** A mail server that runs. */
export type MailServer = Awaited<ReturnType<typeof startMailServer>>;
