const libraries = [
  '@tanstack/history',
  '@tanstack/query-core',
  '@tanstack/react-query',
  '@tanstack/react-router',
  '@tanstack/react-store',
  '@tanstack/router-core',
  '@tanstack/store',
  '@trpc/client',
  '@trpc/server',
  'preact',
  'use-sync-external-store',
].map((name) => `/node_modules/${name}/`);

const parts = [
  'badge',
  'button',
  'checkbox',
  'data-grid',
  'empty-state',
  'field',
  'internal',
  'kebab-menu',
  'keys-table',
  'layout',
  'notice',
  'pagination',
  'provider',
  'renewal-alert',
  'role-list',
  'search-field',
  'select',
  'skeleton',
  'status-badge',
  'tabs',
  'text-field',
  'toast',
  'tooltip',
].map((name) => `/packages/ui/src/${name}/`);

const ours = [
  'features/keys/cursors.ts',
  'features/keys/Keys.module.css',
  'features/keys/search.ts',
  'features/keys/use-key-dialogs.tsx',
  'features/live/',
  'features/shell/',
  'lib/',
  'routes/generated-keys.tsx',
  'routes/keys-layout.tsx',
].map((name) => `/apps/admin/src/${name}`);

/** What is fetched when it is asked for, though it lies beside what every page needs. */
const later = [
  'features/shell/CreateAccountDialog.tsx',
  'lib/words/en.ts',
  'lib/words/es.ts',
  'lib/words/pt.ts',
].map((name) => `/apps/admin/src/${name}`);

const within = (places: readonly string[], id: string) =>
  places.some((place) => id.replaceAll('\\', '/').includes(place));

/**
 * The keys page, which is where one arrives, comes in one file with all that it needs, the most of which
 * every other page needs too: that compresses a tenth better than a file for each part, and is fetched
 * at once.
 */
export const chunks = [
  {
    name: 'keys',
    test: (id: string) =>
      !within(later, id) && [libraries, parts, ours].some((places) => within(places, id)),
  },
];
