/**
 * The most that an entry may weigh, in bytes after gzip, with all that it brings along but React.
 * Raise a number only together with a reason in the commit.
 */
export const sizeBudget: Readonly<Record<string, number>> = {
  '.': 124_500,
  './api-key': 900,
  './api-keys': 118_500,
  './badge': 300,
  './button': 3_400,
  './checkbox': 8_000,
  './combobox': 44_000,
  './confirm-dialog': 24_000,
  './copy-button': 9_000,
  './data-grid': 39_500,
  './dialog': 20_500,
  './edit-key-dialog': 34_500,
  './empty-state': 9_000,
  './expiry-field': 18_500,
  './external-key-dialogs': 26_500,
  './external-keys-table': 71_500,
  './field': 7_000,
  './filters': 53_500,
  './generate-key-dialog': 34_500,
  './kebab-menu': 37_000,
  './key-confirms': 25_500,
  './keys-table': 75_500,
  './layout': 9_000,
  './messages': 5_500,
  './messages/en': 4_500,
  './messages/es': 4_800,
  './messages/pt': 4_800,
  './notice': 2_300,
  './pagination': 39_000,
  './provider': 5_300,
  './radio-group': 13_000,
  './renew-token-dialog': 33_500,
  './renewal-alert': 26_500,
  './renewal-settings': 19_000,
  './reveal-token': 11_500,
  './role-list': 25_000,
  './role-picker': 15_000,
  './search-field': 8_000,
  './select': 38_000,
  './single-access-link': 25_500,
  './skeleton': 400,
  './status-badge': 7_500,
  './tabs': 9_500,
  './testing': 7_400,
  './text-field': 8_000,
  './toast': 19_500,
  './tokens': 2_100,
  './tooltip': 24_500,
  './usage-impact': 7_700,
};

/** The whole stylesheet, after gzip. */
export const styleBudget = 9_000;

/** The packed tarball. */
export const tarballBudget = 300_000;
