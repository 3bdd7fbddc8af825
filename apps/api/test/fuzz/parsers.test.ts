import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { ConfigError, readConfig } from '../../src/config.ts';
import { isMatch } from '../../src/contract/etags.ts';
import { cursor, email, id, keyName, permission, slug, time } from '../../src/contract/values.ts';
import { verificationBody } from '../../src/contract/verification.ts';
import { decodeCursor, encodeCursor } from '../../src/store/cursor.ts';
import { parseDatabaseUrl } from '../../src/store/database-url.ts';
import { DatabaseUrlError } from '../../src/store/errors.ts';
import { readCredentialHeaders } from '../../src/verification/credential-headers.ts';
import { headerValue, isForwardAuth } from '../../src/verification/forward-auth-endpoint.ts';
import { oddText, oddValue, seed } from './odd-values.ts';

/** `npm run fuzz` looks longer, from another place each time. */
const numRuns = Math.max(500, Number(process.env['FUZZ_CASES'] ?? 0));

/** Looks for a value that a property does not hold for. */
function holds<Values extends [unknown, ...unknown[]]>(
  arbitraries: { [Place in keyof Values]: fc.Arbitrary<Values[Place]> },
  property: (...values: Values) => void,
): void {
  fc.assert(fc.property(...arbitraries, property), { numRuns, seed });
}

const wellFormed = oddText.filter((text) => text.isWellFormed());

describe(`whatever is parsed (seed ${String(seed)})`, () => {
  const variables = [
    'PORT',
    'HOST',
    'PUBLIC_URL',
    'DATABASE_URL',
    'LATCHKEY_SECRET',
    'LATCHKEY_OWNER_EMAIL',
    'LATCHKEY_OWNER_PASSWORD',
    'LATCHKEY_ACCOUNT',
    'LATCHKEY_KEY_HEADER',
    'LATCHKEY_TOKEN_HEADER',
    'LATCHKEY_TOKEN_PREFIX',
    'LATCHKEY_WORKERS',
    'LATCHKEY_STALENESS',
    'LATCHKEY_IMPORTED_TOKENS',
    'LATCHKEY_WRITES_PER_MINUTE',
    'LATCHKEY_UNKNOWN_TOKENS_PER_MINUTE',
    'LATCHKEY_TRUSTED_PROXIES',
    'LATCHKEY_CORS_ORIGINS',
    'LATCHKEY_LOG_LEVEL',
    'OTEL_EXPORTER_OTLP_ENDPOINT',
    'OTEL_SERVICE_NAME',
    'SMTP_URL',
  ];
  /** Texts that get past the first look at a URL, a list or a number. */
  const almost = fc.oneof(
    oddText,
    fc
      .tuple(
        fc.constantFrom('https://', 'sqlite:', 'postgres://', 'smtp://', '10.0.0.0/', '1', ','),
        oddText,
      )
      .map((pair) => pair.join('')),
  );

  it('is an environment, or a variable that is named in one line', () => {
    const environment = fc.dictionary(fc.constantFrom(...variables), almost, { maxKeys: 4 });
    holds([environment], (given) => {
      try {
        readConfig(given);
      } catch (error) {
        assert.ok(error instanceof ConfigError, String(error));
        assert.match(error.message, /^[A-Z_]+: [^\n\r]+$/);
      }
    });
  });

  it('is where a database is, or refused without its password', () => {
    const password = 'hunter-2-hunter-2';
    const url = fc.oneof(
      almost,
      oddText.map((text) => `postgres://ana:${password}@${text}`),
    );
    holds([url], (given) => {
      try {
        expect(['sqlite', 'postgresql']).toContain(parseDatabaseUrl(given).engine);
      } catch (error) {
        assert.ok(error instanceof DatabaseUrlError, String(error));
        assert.ok(!error.message.includes(password), error.message);
      }
    });
  });

  const names = { key: 'x-api-key', token: 'x-api-token' };

  it('is a credential, none, or a malformed one', () => {
    const values = fc.array(oddText, { maxLength: 2 });
    holds([values, values, values], (keys, tokens, authorization) => {
      const headersDistinct = { 'x-api-key': keys, 'x-api-token': tokens, authorization };
      const presented = readCredentialHeaders({ headersDistinct }, names);
      expect(['none', 'malformed', 'presented']).toContain(presented.state);
      assert.ok(presented.state !== 'presented' || presented.token !== '');
    });
  });

  it('is the very key and token that HTTP Basic was made of', () => {
    const key = wellFormed.filter((text) => text !== '' && !text.includes(':'));
    const token = wellFormed.filter((text) => text !== '');
    holds([key, token], (user, password) => {
      const encoded = Buffer.from(`${user}:${password}`).toString('base64');
      const headersDistinct = { authorization: [`Basic ${encoded}`] };
      expect(readCredentialHeaders({ headersDistinct }, names)).toEqual({
        state: 'presented',
        key: user,
        token: password,
      });
    });
  });

  it('is the place in a list that a cursor was made of, and no place in another', () => {
    const texts = oddText.filter((text) => !text.includes('\0'));
    holds([texts, texts, fc.maxSafeInteger()], (list, text, number) => {
      const written = encodeCursor(list, [text, number]);
      expect(decodeCursor(list, ['string', 'number'], written)).toEqual([text, number]);
      expect(decodeCursor(`${list}!`, ['string', 'number'], written)).toBeUndefined();
      expect(decodeCursor(list, ['number', 'string'], written)).toBeUndefined();
    });
  });

  it('is no cursor when nobody wrote it', () => {
    const json = oddValue.map((value) => Buffer.from(JSON.stringify(value)).toString('base64url'));
    holds([fc.oneof(oddText, json)], (text) => {
      expect(decodeCursor('keys by name', ['string', 'string'], text)).toBeUndefined();
    });
  });

  it.each<[string, z.ZodType<string>, RegExp]>([
    ['slug', slug, /^[a-z0-9-]{1,42}$/],
    ['id', id, /^ ?[!-~]{1,70} ?$/],
    ['cursor', cursor, /^[\w-]{1,200}$/],
    ['permission', permission, /^[a-z0-9]+([._:-][a-z0-9]+){0,3}[._]?$/],
    ['name of a key', keyName, /^ ?[ -~À-ÿ一-龥]{1,20}$/],
    ['address', email, /^[a-zA-Z]{1,9}(\.[a-z]{1,9})?@[a-zA-Z]{1,9}\.[a-z]{1,4}$/],
    ['time', time, /^(\d{4}|2027)-(0[1-9]|1[0-3])-[0-3]\dT[0-2]\d:[0-5]\d:00(Z|[+-]\d\d:00)$/],
  ])('is a %s that both engines keep, or refused', (_, schema, likely) => {
    let taken = 0;
    holds([fc.oneof(oddValue, fc.stringMatching(likely))], (value) => {
      const parsed = schema.safeParse(value);
      if (!parsed.success) return;
      taken += 1;
      expect(parsed.data.isWellFormed()).toBe(true);
      expect(parsed.data).not.toMatch(/\p{Cc}/u);
      expect(schema.parse(parsed.data)).toBe(parsed.data);
    });
    expect(taken).toBeGreaterThan(numRuns / 20);
  });

  it('is the moment that a time was written of, in any zone', () => {
    const moment = fc.date({
      min: new Date('0001-01-02T00:00:00Z'),
      max: new Date('9999-12-30T00:00:00Z'),
      noInvalidDate: true,
    });
    holds([moment, fc.integer({ min: -14 * 60, max: 14 * 60 })], (at, offset) => {
      const two = (number: number) => String(number).padStart(2, '0');
      const away = Math.abs(offset);
      const zone = `${offset < 0 ? '-' : '+'}${two(Math.floor(away / 60))}:${two(away % 60)}`;
      const local = new Date(at.getTime() + offset * 60_000).toISOString().replace('Z', zone);
      expect(Date.parse(time.parse(local))).toBe(at.getTime());
    });
  });

  it('is a question of a verifier, or refused', () => {
    holds([oddValue], (value) => {
      expect(typeof verificationBody.safeParse(value).success).toBe('boolean');
    });
  });

  it('is an If-Match that names a tag among whatever else, but never by a weak one', () => {
    const tag = fc.nat().map((version) => `"${String(version)}"`);
    const others = fc.array(tag, { maxLength: 4 });
    holds([tag, others], (own, all) => {
      const rest = all.filter((one) => one !== own);
      expect(isMatch([...rest, own].join(', '), own)).toBe(true);
      expect(isMatch([...rest, `W/${own}`].join(', '), own)).toBe(false);
    });
    holds([oddText, tag], (text, own) => {
      expect(typeof isMatch(text, own)).toBe('boolean');
    });
  });

  it('is for forward auth or not', () => {
    holds([fc.constantFrom('GET', 'HEAD', 'POST'), oddText], (method, text) => {
      expect(isForwardAuth(method, text)).toBe(false);
      expect(isForwardAuth(method, `/v1/forward-auth/${text}`)).toBe(true);
    });
  });

  it('is the very text that a header was made of, in printable ASCII', () => {
    holds([wellFormed], (text) => {
      const written = headerValue(text);
      expect(written).toMatch(/^[\x20-\x7E]*$/);
      expect(decodeURIComponent(written)).toBe(text);
    });
  });
});
