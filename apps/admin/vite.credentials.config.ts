import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';
import { browsers } from './build/browsers.ts';
import { preactForReact } from './build/preact.ts';
import { compress } from './build/compress.ts';
import { strictCsp } from './build/strict-csp.ts';

/**
 * The link page, `credentials.html`. Whoever opens it comes once, perhaps on a telephone, so it draws
 * the design system's component with Preact.
 */
export default defineConfig({
  plugins: [react(), strictCsp(), compress()],
  publicDir: false,
  resolve: {
    conditions: ['@latchkey/source', ...defaultClientConditions],
    alias: preactForReact,
  },
  build: {
    assetsInlineLimit: 0,
    emptyOutDir: false,
    target: browsers,
    rolldownOptions: { input: 'credentials.html' },
  },
});
