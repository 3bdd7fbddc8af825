/**
 * The most that an entry may weigh, in bytes after gzip, with all that it brings along but React.
 * Raise a number only together with a reason in the commit.
 */
export const sizeBudget: Readonly<Record<string, number>> = {
  button: 26_000,
  'reveal-token': 11_500,
  'keys-table': 74_000,
  'key-confirms': 25_000,
  'api-keys': 108_000,
  messages: 5_500,
  testing: 5_500,
};

/** The whole stylesheet, after gzip. */
export const styleBudget = 9_000;

/** The packed tarball. */
export const tarballBudget = 300_000;
