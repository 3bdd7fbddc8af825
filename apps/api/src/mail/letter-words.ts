import type { AlertType, Letter, MailLanguage, Told, WebhookReference } from '@latchkey/core';

type EventType = Extract<Letter, { kind: 'event' }>['notification']['type'];
type EventOf<Type extends EventType> = Extract<Told & { type: EventType }, { type: Type }>['data'];

/** What mails say in one language. Keys are named by identifier and name. */
export interface LetterWords {
  /** A line for each alert of a digest. */
  alerts: Record<AlertType, (key: string) => string>;
  digest: (account: string, count: number) => string;
  more: (count: number) => string;
  look: string;
  keyDeleted: (data: EventOf<'key.deleted'>, key: string) => string;
  keyFailures: (data: EventOf<'key.verification_failures'>, key: string) => string;
  accountFailures: (data: EventOf<'account.verification_failures'>) => string;
  triedAgain: (data: EventOf<'link.tried_again'>, key: string) => string;
  ownerAdded: (data: EventOf<'member.owner_added'>) => string;
  webhookDisabled: (data: { webhook: WebhookReference }) => string;
}

const en: LetterWords = {
  alerts: {
    'key.renewal_due': (key) => `Renewal due: ${key}`,
    'key.renewal_overdue': (key) => `Renewal overdue: ${key}`,
    'key.expiring': (key) => `Expires within 14 days: ${key}`,
    'key.expired': (key) => `Expired: ${key}`,
  },
  digest: (account, count) =>
    count === 1
      ? `${account}: one API key needs attention`
      : `${account}: ${String(count)} API key alerts`,
  more: (count) => `… and ${String(count)} more.`,
  look: 'Look at it here:',
  keyDeleted: ({ actor }, key) => `${actor} deleted the API key ${key}.`,
  keyFailures: ({ failures }, key) =>
    `${String(failures)} verifications of the API key ${key} failed within an hour. Somebody may be using a token that is gone.`,
  accountFailures: ({ failures }) =>
    `${String(failures)} verifications of this account's API keys failed within an hour.`,
  triedAgain: ({ from }, key) =>
    `Somebody${from === null ? '' : ` at ${from}`} opened the link of the API key ${key} after it was read. If the first reader was not the right one, renew the key.`,
  ownerAdded: ({ actor, member }) => `${member} is now an owner of this account, by ${actor}.`,
  webhookDisabled: ({ webhook }) =>
    `The webhook at ${webhook.host} failed for too long and is sent nothing any more.`,
};

const pt: LetterWords = {
  alerts: {
    'key.renewal_due': (key) => `Renovação necessária: ${key}`,
    'key.renewal_overdue': (key) => `Renovação atrasada: ${key}`,
    'key.expiring': (key) => `Expira em até 14 dias: ${key}`,
    'key.expired': (key) => `Expirada: ${key}`,
  },
  digest: (account, count) =>
    count === 1
      ? `${account}: uma chave de API precisa de atenção`
      : `${account}: ${String(count)} alertas de chaves de API`,
  more: (count) => `… e mais ${String(count)}.`,
  look: 'Veja aqui:',
  keyDeleted: ({ actor }, key) => `${actor} excluiu a chave de API ${key}.`,
  keyFailures: ({ failures }, key) =>
    `${String(failures)} verificações da chave de API ${key} falharam em uma hora. Talvez alguém use um token que não existe mais.`,
  accountFailures: ({ failures }) =>
    `${String(failures)} verificações das chaves de API desta conta falharam em uma hora.`,
  triedAgain: ({ from }, key) =>
    `Alguém${from === null ? '' : ` em ${from}`} abriu o link da chave de API ${key} depois que ele foi lido. Se o primeiro leitor não era a pessoa certa, renove a chave.`,
  ownerAdded: ({ actor, member }) =>
    `${member} agora tem a função de proprietário desta conta, por ${actor}.`,
  webhookDisabled: ({ webhook }) =>
    `O webhook em ${webhook.host} falhou por tempo demais e não recebe mais nada.`,
};

const es: LetterWords = {
  alerts: {
    'key.renewal_due': (key) => `Renovación pendiente: ${key}`,
    'key.renewal_overdue': (key) => `Renovación atrasada: ${key}`,
    'key.expiring': (key) => `Caduca en menos de 14 días: ${key}`,
    'key.expired': (key) => `Caducada: ${key}`,
  },
  digest: (account, count) =>
    count === 1
      ? `${account}: una clave de API necesita atención`
      : `${account}: ${String(count)} alertas de claves de API`,
  more: (count) => `… y ${String(count)} más.`,
  look: 'Véalo aquí:',
  keyDeleted: ({ actor }, key) => `${actor} eliminó la clave de API ${key}.`,
  keyFailures: ({ failures }, key) =>
    `${String(failures)} verificaciones de la clave de API ${key} fallaron en una hora. Quizá alguien use un token que ya no existe.`,
  accountFailures: ({ failures }) =>
    `${String(failures)} verificaciones de las claves de API de esta cuenta fallaron en una hora.`,
  triedAgain: ({ from }, key) =>
    `Alguien${from === null ? '' : ` desde ${from}`} abrió el enlace de la clave de API ${key} después de que se leyera. Si el primer lector no era la persona correcta, renueve la clave.`,
  ownerAdded: ({ actor, member }) =>
    `${member} tiene ahora el rol de propietario de esta cuenta, por ${actor}.`,
  webhookDisabled: ({ webhook }) =>
    `El webhook en ${webhook.host} falló durante demasiado tiempo y ya no recibe nada.`,
};

export const letterWords: Record<MailLanguage, LetterWords> = { en, pt, es };
