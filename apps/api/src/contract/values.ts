import { permissionPattern, slugPattern } from '@latchkey/core';
import { z } from 'zod';

/** Control characters, and those that turn the direction of what follows: a name with them shows as another. */
const unkeepable = /[\p{Cc}\u202A-\u202E\u2066-\u2069]/u;

/** Something to see. */
const visible = /[^\p{Z}\p{C}\u115F\u1160\u3164\uFFA0]/u;

/** Text that both engines store and every client shows: well-formed Unicode without control characters. */
function text(most: number, what: string) {
  return z
    .string()
    .trim()
    .refine((value) => [...value].length <= most, `${what} has at most ${String(most)} characters.`)
    .refine(
      (value) => value.isWellFormed() && !unkeepable.test(value),
      `${what} holds a character that cannot be kept.`,
    );
}

function requiredText(most: number, what: string) {
  return text(most, what).refine((value) => visible.test(value), `${what} is required.`);
}

export const keyName = requiredText(100, 'The key identification').meta({
  description: 'What recognises the key: 1–100 characters after trimming.',
  example: 'Order import',
});

export const roleName = requiredText(60, 'The name').meta({ example: 'Order reader' });
export const description = text(300, 'The description').meta({ example: 'Reads orders.' });
export const personName = requiredText(100, 'The name').meta({ example: 'Ana Souza' });
export const passkeyName = requiredText(100, 'The name').meta({ example: 'Laptop' });
export const accountName = requiredText(100, 'The name').meta({ example: 'Acme' });

export const slug = z
  .string()
  .regex(slugPattern, 'A slug has 2–40 characters out of a–z, 0–9 and the hyphen.')
  .meta({ description: 'The account, by its slug.', example: 'acme' });

export const permission = z
  .string()
  .max(100, 'A permission has at most 100 characters.')
  .regex(permissionPattern, 'A permission is a dotted name in lower case, such as orders.read.')
  .meta({ example: 'orders.read' });

/** Text that is looked for, not kept: PostgreSQL takes no NUL, and nothing that is kept has a control character. */
export function soughtText(most: number) {
  return z
    .string()
    .trim()
    .max(most)
    .refine(
      (value) => value.isWellFormed() && !/\p{Cc}/u.test(value),
      'This holds a character that is nowhere.',
    );
}

export const id = soughtText(64).min(1).meta({ example: '019aa0f6-5b7e-7c1d-9d43-2f4a6f1f6f10' });

export const roleIds = z.array(id).max(100).meta({ description: 'The roles, by their ids.' });

export const email = z
  .email('This is no e-mail address.')
  .max(254)
  .transform((address) => address.toLowerCase())
  .meta({ example: 'ana@acme.example' });

export const password = z
  .string()
  .min(8, 'A password has at least 8 characters.')
  .max(128, 'A password has at most 128 characters.')
  .meta({ description: '8–128 characters.', example: 'correct horse battery staple' });

/** A secret that a client hands back: a link token, an invitation, a set-up code. */
export const handedSecret = z.string().min(1).max(200).meta({ example: '3Qk0p…' });

/** The years that RFC 3339 can write, in UTC: an offset may lead out of them. */
const [firstMoment, lastMoment] = [
  Date.parse('0001-01-01T00:00:00.000Z'),
  Date.parse('9999-12-31T23:59:59.999Z'),
];

/** An RFC 3339 time of a client, with any offset. */
export const time = z.iso
  .datetime({ offset: true, error: 'This is no RFC 3339 time, such as 2027-01-31T00:00:00Z.' })
  .refine((written) => {
    const moment = Date.parse(written);
    return moment >= firstMoment && moment <= lastMoment;
  }, 'This time is, in UTC, outside the years 0001 to 9999.')
  .meta({ example: '2027-01-31T00:00:00.000Z' });

/** A time of ours: RFC 3339 in UTC with milliseconds. */
export const utcTime = z.iso.datetime().meta({ example: '2026-11-24T09:30:00.000Z' });

export const cursor = soughtText(1000)
  .min(1)
  .meta({ description: 'The nextCursor of the page before.' });

export const limit = z.coerce
  .number<number>()
  .int()
  .min(1)
  .max(100)
  .default(25)
  .meta({ description: 'How many items to a page.' });

/** The entity tags of which one must be that of what is to be changed. */
export const ifMatch = z.string().max(1000).optional();

/** The page of a list. */
export function list<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item) });
}
