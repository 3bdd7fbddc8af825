import type { MailLanguage } from '@latchkey/core';
import type { ResetMail } from '../people/password-resets.ts';
import type { WrittenLetter } from './write-letter.ts';

/** What is said to who forgot their password, in one language. */
interface ResetWords {
  link: { subject: string; asked: string; open: string; after: string; notYou: string };
  noPassword: {
    subject: string;
    asked: string;
    /** By the provider of this name, by passkey, or by either. */
    signIn: {
      provider: (name: string) => string;
      passkey: string;
      either: (name: string) => string;
    };
    nothing: string;
    notYou: string;
  };
}

const en: ResetWords = {
  link: {
    subject: 'Choose a new password for Latchkey',
    asked: 'Somebody asked for a new password for Latchkey, with your e-mail address.',
    open: 'Open this link to choose one. It works once, within an hour:',
    after:
      'You are signed out everywhere then, and sign in with the new password. A second factor stays as it is.',
    notYou: 'If it was not you, ignore this mail: your password stays as it is.',
  },
  noPassword: {
    subject: 'How you sign in to Latchkey',
    asked:
      'Somebody asked for a new password for Latchkey, with your e-mail address. You have no password here.',
    signIn: {
      provider: (name) => `You sign in with ${name}:`,
      passkey: 'You sign in with your passkey:',
      either: (name) => `You sign in with ${name} or with your passkey:`,
    },
    nothing: 'Ask whoever looks after Latchkey for a link to choose one.',
    notYou: 'If it was not you, ignore this mail: nothing was changed.',
  },
};

const pt: ResetWords = {
  link: {
    subject: 'Escolha uma nova senha para o Latchkey',
    asked: 'Alguém pediu uma nova senha para o Latchkey com o seu endereço de e-mail.',
    open: 'Abra este link para escolher uma. Ele funciona uma vez, dentro de uma hora:',
    after:
      'Depois disso, todas as suas sessões terminam e você entra com a nova senha. O segundo fator continua como está.',
    notYou: 'Se não foi você, ignore este e-mail: a sua senha continua como está.',
  },
  noPassword: {
    subject: 'Como você entra no Latchkey',
    asked:
      'Alguém pediu uma nova senha para o Latchkey com o seu endereço de e-mail. Você não tem senha aqui.',
    signIn: {
      provider: (name) => `Você entra com ${name}:`,
      passkey: 'Você entra com a sua chave de acesso:',
      either: (name) => `Você entra com ${name} ou com a sua chave de acesso:`,
    },
    nothing: 'Peça um link para escolher uma a quem cuida do Latchkey.',
    notYou: 'Se não foi você, ignore este e-mail: nada foi alterado.',
  },
};

const es: ResetWords = {
  link: {
    subject: 'Elija una contraseña nueva para Latchkey',
    asked: 'Alguien pidió una contraseña nueva para Latchkey con su dirección de correo.',
    open: 'Abra este enlace para elegirla. Funciona una sola vez, durante una hora:',
    after:
      'Después se cierran todas sus sesiones e inicia sesión con la contraseña nueva. El segundo factor no cambia.',
    notYou: 'Si no fue usted, ignore este correo: su contraseña no cambia.',
  },
  noPassword: {
    subject: 'Cómo inicia sesión en Latchkey',
    asked:
      'Alguien pidió una contraseña nueva para Latchkey con su dirección de correo. Usted no tiene contraseña aquí.',
    signIn: {
      provider: (name) => `Inicia sesión con ${name}:`,
      passkey: 'Inicia sesión con su llave de acceso:',
      either: (name) => `Inicia sesión con ${name} o con su llave de acceso:`,
    },
    nothing: 'Pida un enlace para elegir una a quien se encarga de Latchkey.',
    notYou: 'Si no fue usted, ignore este correo: no se cambió nada.',
  },
};

const resetWords: Record<MailLanguage, ResetWords> = { en, pt, es };

type NoPassword = Extract<ResetMail, { kind: 'no-password' }>;

/** How somebody without a password gets in. @param publicUrl without a slash at the end. */
function sayHow(
  { passkeys, provider }: NoPassword,
  { nothing, signIn }: ResetWords['noPassword'],
  publicUrl: string,
): string[] {
  const page = `${publicUrl}/sign-in`;
  if (provider !== null)
    return [passkeys ? signIn.either(provider) : signIn.provider(provider), page];
  return passkeys ? [signIn.passkey, page] : [nothing];
}

/** Puts into words what somebody is told who forgot their password. @param publicUrl without a slash at the end. */
export function writeResetMail(
  mail: ResetMail,
  language: MailLanguage,
  publicUrl: string,
): WrittenLetter {
  const { link, noPassword } = resetWords[language];
  if (mail.kind === 'link') {
    const { after, asked, notYou, open, subject } = link;
    return { subject, text: [asked, open, mail.url.reveal(), after, notYou].join('\n\n') };
  }
  const { asked, notYou, subject } = noPassword;
  const text = [asked, ...sayHow(mail, noPassword, publicUrl), notYou].join('\n\n');
  return { subject, text };
}
