import type { MailLanguage, SignInChange } from '@latchkey/core';
import type { SignInMail } from '../people/sign-in-changes.ts';
import type { WrittenLetter } from './write-letter.ts';

/** What is said of a change of what somebody signs in with, in one language. */
interface SignInWords {
  changes: Record<SignInChange, string>;
  /** @param at in words. */
  when: (at: string) => string;
  whence: (address: string) => string;
  you: string;
  notYou: string;
  afterwards: string;
}

const en: SignInWords = {
  changes: {
    'sign-in.password-changed': 'Your password for Latchkey was changed',
    'sign-in.password-reset': 'A new password for Latchkey was chosen by a link',
    'sign-in.passkey-added': 'A passkey for Latchkey was added',
    'sign-in.passkey-removed': 'A passkey for Latchkey was removed',
    'sign-in.app-added': 'An authenticator app for Latchkey was added',
    'sign-in.app-removed': 'Your authenticator app for Latchkey was removed',
    'sign-in.codes-replaced': 'Your recovery codes for Latchkey were replaced',
    'sign-in.identity-connected': 'Latchkey was connected with your identity provider',
    'sign-in.identity-disconnected': 'Latchkey was disconnected from your identity provider',
  },
  when: (at) => `On ${at} UTC`,
  whence: (address) => `from the address ${address}`,
  you: 'If it was you, there is nothing to do.',
  notYou: 'If it was not you, choose a new password at once:',
  afterwards:
    'Then sign in, end the sessions that are not yours, remove what you did not add, and tell an owner of your account:',
};

const pt: SignInWords = {
  changes: {
    'sign-in.password-changed': 'A sua senha do Latchkey foi alterada',
    'sign-in.password-reset': 'Uma nova senha do Latchkey foi escolhida por um link',
    'sign-in.passkey-added': 'Uma chave de acesso ao Latchkey foi adicionada',
    'sign-in.passkey-removed': 'Uma chave de acesso ao Latchkey foi removida',
    'sign-in.app-added': 'Um aplicativo autenticador para o Latchkey foi adicionado',
    'sign-in.app-removed': 'O seu aplicativo autenticador para o Latchkey foi removido',
    'sign-in.codes-replaced': 'Os seus códigos de recuperação do Latchkey foram substituídos',
    'sign-in.identity-connected': 'O Latchkey foi conectado ao seu provedor de identidade',
    'sign-in.identity-disconnected': 'O Latchkey foi desconectado do seu provedor de identidade',
  },
  when: (at) => `Em ${at} UTC`,
  whence: (address) => `a partir do endereço ${address}`,
  you: 'Se foi você, não há nada a fazer.',
  notYou: 'Se não foi você, escolha uma nova senha agora:',
  afterwards:
    'Depois entre, encerre as sessões que não são suas, remova o que você não adicionou e avise um proprietário da sua conta:',
};

const es: SignInWords = {
  changes: {
    'sign-in.password-changed': 'Su contraseña de Latchkey se cambió',
    'sign-in.password-reset': 'Se eligió una contraseña nueva de Latchkey con un enlace',
    'sign-in.passkey-added': 'Se añadió una llave de acceso a Latchkey',
    'sign-in.passkey-removed': 'Se quitó una llave de acceso a Latchkey',
    'sign-in.app-added': 'Se añadió una aplicación de autenticación para Latchkey',
    'sign-in.app-removed': 'Se quitó su aplicación de autenticación para Latchkey',
    'sign-in.codes-replaced': 'Se sustituyeron sus códigos de recuperación de Latchkey',
    'sign-in.identity-connected': 'Latchkey se conectó con su proveedor de identidad',
    'sign-in.identity-disconnected': 'Latchkey se desconectó de su proveedor de identidad',
  },
  when: (at) => `El ${at} UTC`,
  whence: (address) => `desde la dirección ${address}`,
  you: 'Si fue usted, no hay nada que hacer.',
  notYou: 'Si no fue usted, elija una contraseña nueva ahora mismo:',
  afterwards:
    'Después inicie sesión, cierre las sesiones que no sean suyas, quite lo que no añadió y avise a un propietario de su cuenta:',
};

const signInWords: Record<MailLanguage, SignInWords> = { en, pt, es };

/** The time in words, to the minute. English as it is written outside of America, as everywhere in mails. */
const dateOf = (at: Date, language: MailLanguage) =>
  new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'UTC',
  }).format(at);

/** Puts into words that what somebody signs in with was changed. @param publicUrl without a slash at the end. */
export function writeSignInMail(
  { at, change, from }: SignInMail,
  language: MailLanguage,
  publicUrl: string,
): WrittenLetter {
  const { afterwards, changes, notYou, when, whence, you } = signInWords[language];
  const subject = changes[change];
  const circumstances = [when(dateOf(at, language)), ...(from === null ? [] : [whence(from)])];
  const text = [
    `${subject}.`,
    `${circumstances.join(', ')}.`,
    you,
    notYou,
    `${publicUrl}/forgotten-password`,
    afterwards,
    `${publicUrl}/profile`,
  ];
  return { subject, text: text.join('\n\n') };
}
