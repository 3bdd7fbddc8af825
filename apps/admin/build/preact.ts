import { createRequire } from 'node:module';

const { resolve } = createRequire(import.meta.url);

// By its place, since those who ask for React do not know of Preact.
const preact = (path: string) => resolve(path).replace(/\.js$/, '.mjs');

/** Draws with Preact, which has a tenth of React's weight, what is written for React. */
export const preactForReact = [
  { find: /^react\/jsx-runtime$/, replacement: preact('preact/jsx-runtime') },
  { find: /^react-dom\/client$/, replacement: preact('preact/compat/client') },
  { find: /^react(-dom)?$/, replacement: preact('preact/compat') },
];
