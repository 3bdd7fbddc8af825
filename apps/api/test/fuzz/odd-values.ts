import * as fc from 'fast-check';

/** Where chance begins. `npm run fuzz` begins at another place each time. */
export const seed = Number(process.env['FUZZ_SEED'] ?? 20_261_125);

/** What is worth trying in the place of any text. */
export const oddText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    '',
    '\0',
    'a\0b',
    '\uD800',
    'x\uDFFFy',
    '__proto__',
    'constructor',
    '../../etc/passwd',
    "' or 1=1 --",
    '%00',
    '𝕏'.repeat(50),
    'a'.repeat(5000),
    '2026-02-30T00:00:00Z',
    '9999-12-31T23:59:59-14:00',
    'null',
    '-0',
    '1e400',
  ),
);

export const oddNumber = fc.oneof(
  fc.double(),
  fc.constantFrom(Number.MAX_SAFE_INTEGER + 2, -1, 0, 1e308, 5e-324),
);

/** Any JSON, and what is almost none. */
export const oddValue = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    oddText,
    oddNumber,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(oddText, tie('value'), { maxKeys: 4 }),
  ),
})).value;
