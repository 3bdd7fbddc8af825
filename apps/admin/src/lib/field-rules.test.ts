import { describe, expect, it } from 'vitest';
import { describeField } from './failure.ts';
import { en } from './words/en.ts';
import { pt } from './words/pt.ts';

describe('what is wrong with a field', () => {
  it.each([
    ['The key identification is required.', 'Este campo é obrigatório.'],
    ['The name has at most 100 characters.', 'Use no máximo 100 caracteres.'],
    ['A password has at least 8 characters.', 'Use pelo menos 8 caracteres.'],
    ['The name holds a character that cannot be kept.', pt.fieldRules.badCharacter()],
    ['This is no e-mail address.', pt.fieldRules.email()],
    ['A slug has 2–40 characters out of a–z, 0–9 and the hyphen.', pt.fieldRules.slug()],
    [
      'A permission is a dotted name in lower case, such as orders.read.',
      pt.fieldRules.permission(),
    ],
    ['This is no RFC 3339 time, such as 2027-01-31T00:00:00Z.', pt.fieldRules.time()],
  ])('is told in the person’s language: %s', (message, told) => {
    expect(describeField(message, pt)).toBe(told);
  });

  it('is never told in another language than the person’s', () => {
    const unknown = 'Too big: expected array to have <=100 items';
    expect(describeField(unknown, pt)).toBe(pt.fieldRules.other);
    expect(describeField(unknown, en)).toBe(unknown);
  });
});
