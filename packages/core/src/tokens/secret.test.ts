import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { format, inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Secret } from './secret.ts';

const hidden = 'lk_what-nobody-may-read';
const secret = new Secret(hidden);
/** As it looks where nobody knows its type. */
const anything = secret as unknown as string;

/** What a console writes of it. */
function print(write: (console: Console) => void): string {
  let printed = '';
  const stream = new Writable({
    write(chunk, _encoding, done) {
      printed += String(chunk);
      done();
    },
  });
  write(new Console(stream));
  return printed;
}

describe('a secret', () => {
  it('is given away by reveal', () => {
    expect(secret.reveal()).toBe(hidden);
  });

  it.each([
    ['String()', String(secret)],
    ['a template', `<${anything}>`],
    ['concatenation', '<' + anything],
    ['JSON', JSON.stringify({ secret, list: [secret] })],
    ['inspect', inspect(secret)],
    ['inspect with everything shown', inspect({ secret }, { showHidden: true, depth: null })],
    ['a format string', format('%s %o %j', secret, secret, secret)],
    ['an error', inspect(new Error(`Bad ${String(secret)}`, { cause: secret }))],
    [
      'a copy of its properties',
      JSON.stringify([Object.assign({}, secret), Reflect.ownKeys(secret)]),
    ],
    ['the console', print((console) => console.log(secret, [secret], new Map([[secret, secret]])))],
    ['a table', print((console) => console.table([{ secret }]))],
    ['a directory', print((console) => console.dir(secret, { showHidden: true }))],
  ])('does not print in %s', (_way, printed) => {
    expect(printed).not.toContain('nobody');
    expect(printed).not.toBe('');
  });
});
