import { expect, it } from 'vitest';
import { suggestSlug } from './suggest-slug.ts';

it.each([
  ['Acme', 'acme'],
  ['Café São Paulo', 'cafe-sao-paulo'],
  ['  A & B, Ltd. ', 'a-b-ltd'],
  ['ﬁrma №1', 'firma-no1'],
  ['日本', ''],
  ['x'.repeat(50), 'x'.repeat(40)],
])('suggests for %j the slug %j', (name, slug) => {
  expect(suggestSlug(name)).toBe(slug);
});
