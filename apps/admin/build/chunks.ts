const sharedLibraries = [
  'react',
  'react-dom',
  'scheduler',
  'use-sync-external-store',
  '@tanstack/history',
  '@tanstack/query-core',
  '@tanstack/react-query',
  '@tanstack/react-router',
  '@tanstack/react-store',
  '@tanstack/router-core',
  '@tanstack/store',
  '@trpc/client',
  '@trpc/server',
].map((name) => `/node_modules/${name}/`);

const everyPage = [
  'badge',
  'button',
  'empty-state',
  'field',
  'internal',
  'kebab-menu',
  'notice',
  'provider',
  'skeleton',
  'text-field',
  'toast',
  'tooltip',
].map((name) => `/packages/ui/src/${name}/`);

const everyList = [
  'checkbox',
  'data-grid',
  'keys-table',
  'layout',
  'pagination',
  'renewal-alert',
  'role-list',
  'search-field',
  'select',
  'status-badge',
  'tabs',
].map((name) => `/packages/ui/src/${name}/`);

const within = (places: readonly string[]) => (id: string) =>
  places.some((place) => id.replaceAll('\\', '/').includes(place));

/**
 * What most pages need comes in three files, in the place of one for each part that two pages share:
 * fewer to fetch, which compress better together. Each brings what it needs itself.
 */
export const chunks = [
  { name: 'libraries', test: within(sharedLibraries), priority: 3 },
  { name: 'parts', test: within(everyPage), priority: 2 },
  { name: 'lists', test: within(everyList), priority: 1 },
];
