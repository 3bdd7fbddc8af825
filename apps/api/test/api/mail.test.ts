import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterEach, describe, expect, it } from 'vitest';
import type { RestClient } from './rest-client.ts';
import { owner, startApi, type RunningApi } from './running-api.ts';
import { secretOf, type IssuedInvitation } from './things.ts';

/** A mail as its server received it. */
interface ReceivedMail {
  from: string;
  to: string[];
  /** Headers and text, decoded. */
  text: string;
}

const credentials = { user: 'latchkey', pass: 'the-smtp-password' };

/** A real mail server on a free port. @param refuses answers every mail with a refusal that repeats it. */
async function startMailServer(refuses = false) {
  const mails: ReceivedMail[] = [];
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth({ username, password }, _session, done) {
      const isRight = username === credentials.user && password === credentials.pass;
      done(isRight ? null : new Error('Wrong password'), { user: username });
    },
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        // Undoes quoted-printable, as far as an ASCII mail has it.
        const text = Buffer.concat(chunks)
          .toString('utf8')
          .replaceAll('=\r\n', '')
          .replaceAll('=3D', '=');
        if (refuses) {
          done(Object.assign(new Error(`Spam: ${text.slice(-200)}`), { responseCode: 554 }));
          return;
        }
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        mails.push({ from, to: envelope.rcptTo.map(({ address }) => address), text });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve());
  });
  const { port } = server.server.address() as AddressInfo;
  const stop = async () =>
    new Promise<void>((resolve) => {
      server.close(resolve);
    });
  return { mails, port, stop };
}

const members = '/v1/accounts/acme/members';
const invite = (admin: RestClient) =>
  admin.post(members, { email: 'bia@acme.example', roleIds: [] }).expect<IssuedInvitation>(201);

describe('an invitation by mail', () => {
  let api: RunningApi;
  let stopMail: () => Promise<void> = async () => Promise.resolve();
  afterEach(async () => {
    await api.stop();
    await stopMail();
  });
  const start = async (smtpUrl: string) => {
    api = await startApi('sqlite', { SMTP_URL: smtpUrl });
    return api.signIn(owner.email, owner.password);
  };

  it('goes to the invited alone, and its link lets them join', async () => {
    const { mails, port, stop } = await startMailServer();
    stopMail = stop;
    const { user, pass } = credentials;
    const admin = await start(`smtp://${user}:${pass}@127.0.0.1:${String(port)}`);
    const { invitation, member } = await invite(admin);
    expect([invitation, member.status]).toEqual([null, 'invited']);
    expect(mails).toMatchObject([{ from: 'latchkey@127.0.0.1', to: ['bia@acme.example'] }]);
    const [{ text } = { text: '' }] = mails;
    expect(text).toContain('Subject: You are invited to Acme');
    const link = /http:\/\/\S+\/invitations\/\w+/.exec(text)?.[0] ?? '';
    expect(link.startsWith(`${api.url}/invitations/`)).toBe(true);
    const password = 'a long enough password';
    const path = `/v1/invitations/${secretOf(link)}/accept`;
    await api.stranger().post(path, { name: 'Bia', password }).expect(200);
    expect(api.log()).not.toContain(secretOf(link));
    expect(api.log()).not.toContain(pass);
  });

  it('comes from whom the URL says', async () => {
    const { mails, port, stop } = await startMailServer();
    stopMail = stop;
    const { user, pass } = credentials;
    const from = encodeURIComponent('keys@acme.example');
    const admin = await start(`smtp://${user}:${pass}@127.0.0.1:${String(port)}?from=${from}`);
    await invite(admin);
    expect(mails).toMatchObject([{ from: 'keys@acme.example' }]);
  });

  it.each([
    ['refuses the mail and repeats it', true, credentials.pass],
    ['refuses the password', false, 'wrong-smtp-password'],
  ])(
    'is shown to the inviter when the server %s, and the log says nothing of it',
    async (_, refuses, pass) => {
      const { mails, port, stop } = await startMailServer(refuses);
      stopMail = stop;
      const admin = await start(`smtp://${credentials.user}:${pass}@127.0.0.1:${String(port)}`);
      const { invitation } = await invite(admin);
      const url = invitation?.url ?? '';
      expect(mails).toEqual([]);
      await api
        .stranger()
        .get(`/v1/invitations/${secretOf(url)}`)
        .expect(200);
      expect(api.log()).toContain('a mail was not sent');
      expect(api.log()).not.toContain(secretOf(url));
      expect(api.log()).not.toContain(pass);
    },
  );

  it('is shown to the inviter when no server is there', async () => {
    const { port, stop } = await startMailServer();
    await stop();
    const admin = await start(`smtp://127.0.0.1:${String(port)}`);
    const { invitation } = await invite(admin);
    expect(invitation?.url).toContain(`${api.url}/invitations/`);
    expect(api.log()).toContain('ESOCKET');
  });
});
