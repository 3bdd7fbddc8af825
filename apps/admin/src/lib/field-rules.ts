/** The rules of fields that the API tells of, by the sentences in which it does. A number in one is the limit. */
export const fieldRules = [
  { rule: 'required', pattern: / is required\.$/ },
  { rule: 'tooLong', pattern: / has at most (\d+) characters\.$/ },
  { rule: 'tooShort', pattern: / has at least (\d+) characters\.$/ },
  { rule: 'badCharacter', pattern: / holds a character that / },
  { rule: 'email', pattern: /^This is no e-mail address\.$/ },
  { rule: 'slug', pattern: /^A slug has / },
  { rule: 'permission', pattern: /^A permission is / },
  { rule: 'https', pattern: /^A webhook is called by https / },
  { rule: 'privateAddress', pattern: /^This leads to a private address\.$/ },
  { rule: 'url', pattern: /^This is no URL\.$/ },
  { rule: 'time', pattern: /^This (?:is no RFC 3339 )?time/ },
] as const;
