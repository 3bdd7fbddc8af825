import { isAlert, type KeyReference, type Letter, type Told } from '@latchkey/core';
import { letterWords, type LetterWords } from './letter-words.ts';

/** A letter in words. */
export interface WrittenLetter {
  subject: string;
  text: string;
}

const nameOf = ({ key, name }: KeyReference) => `${name} (${key})`;

/** One sentence of what happened. */
function tell(told: Told, words: LetterWords): string {
  switch (told.type) {
    case 'key.renewal_due':
    case 'key.renewal_overdue':
    case 'key.expiring':
    case 'key.expired':
      return words.alerts[told.type](nameOf(told.data.key));
    case 'key.deleted':
      return words.keyDeleted(told.data, nameOf(told.data.key));
    case 'key.verification_failures':
      return words.keyFailures(told.data, nameOf(told.data.key));
    case 'account.verification_failures':
      return words.accountFailures(told.data);
    case 'link.tried_again':
      return words.triedAgain(told.data, nameOf(told.data.key));
    case 'member.owner_added':
      return words.ownerAdded(told.data);
    case 'webhook.disabled':
    case 'webhook.test':
      return words.webhookDisabled(told.data);
  }
}

/** The page on which one sees what a letter tells of. */
function pageOf(letter: Letter): string {
  if (letter.kind === 'event') {
    const { type } = letter.notification;
    if (type === 'member.owner_added') return 'members';
    return type === 'webhook.disabled' ? 'webhooks' : 'audit';
  }
  const types = new Set(letter.alerts.map(({ type }) => type));
  const [only] = types.size === 1 ? types : [];
  if (only === 'key.renewal_due') return 'keys?alert=due';
  return only === 'key.renewal_overdue' ? 'keys?alert=overdue' : 'keys';
}

/** Puts a letter into the member's language, with a link to the page that shows more. @param publicUrl without a slash at the end. */
export function writeLetter(letter: Letter, publicUrl: string): WrittenLetter {
  const words = letterWords[letter.language];
  const { account } = letter;
  const page = `${publicUrl}/a/${account.slug}/${pageOf(letter)}`;
  if (letter.kind === 'event') {
    const sentence = tell(letter.notification, words);
    const [first = ''] = sentence.split(/(?<=\.) /, 1);
    return {
      subject: `${account.name}: ${first}`,
      text: [sentence, words.look, page].join('\n\n'),
    };
  }
  const lines = letter.alerts
    .filter(({ type }) => isAlert(type))
    .map((alert) => `- ${tell(alert, words)}`);
  const more = letter.total - letter.alerts.length;
  return {
    subject: words.digest(account.name, letter.total),
    text: [[...lines, ...(more > 0 ? [words.more(more)] : [])].join('\n'), words.look, page].join(
      '\n\n',
    ),
  };
}
