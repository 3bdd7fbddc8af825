import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';
import type { Plugin } from 'vite';
import { browsers } from './build/browsers.ts';
import { chunks } from './build/chunks.ts';
import { compress } from './build/compress.ts';
import { preactForReact } from './build/preact.ts';
import { strictCsp } from './build/strict-csp.ts';

/** In development every path below /credentials is the link page, as it is where the API serves it. */
const linkPage: Plugin = {
  name: 'latchkey:link-page',
  configureServer(server) {
    server.middlewares.use((request, _response, next) => {
      if (request.url?.startsWith('/credentials/')) request.url = '/credentials.html';
      next();
    });
  },
};

const api = { target: 'http://127.0.0.1:3000' };

/**
 * The SPA, which the build draws with Preact: React alone would weigh a third of what a first visit may.
 * In development it is React, whose tools there are for it. What the API serves: `index.html` for every path that is nothing else, `assets/` (hashed,
 * for ever), and `credentials.html`, the link page, which `vite.credentials.config.ts` builds.
 */
export default defineConfig(({ command }) => ({
  plugins: [react(), strictCsp(), linkPage, compress()],
  resolve: {
    conditions: ['@latchkey/source', ...defaultClientConditions],
    alias: command === 'build' ? preactForReact : [],
  },
  // Inlined files would need `data:` in the policy.
  build: {
    assetsInlineLimit: 0,
    target: browsers,
    rolldownOptions: { output: { codeSplitting: { groups: chunks } } },
  },
  server: { proxy: { '/trpc': api, '/v1': api, '/readyz': api } },
}));
