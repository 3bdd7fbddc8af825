import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const styleElement = /\/\* @__PURE__ \*\/ jsx\(\s*"style",\s*\{.*?nonce\s*\}\s*\),/s;

/**
 * Keeps `style-src 'self'` whole: what the pages are served with allows no inline style. Two libraries
 * write `<style>` elements at run time; the build puts constructed style sheets, which the policy
 * allows, in the place of the one, and takes the other's element out (`styles.css` has its rules). It
 * fails when they no longer look as expected, so that an update cannot bring the violation back.
 */
export function strictCsp(): Plugin {
  return {
    name: 'latchkey:strict-csp',
    apply: 'build',
    enforce: 'pre',
    resolveId(source) {
      if (source !== 'react-style-singleton') return null;
      return fileURLToPath(new URL('../src/lib/style-singleton.ts', import.meta.url));
    },
    transform(code, id) {
      if (!id.includes('@radix-ui/react-select/dist/index.mjs')) return null;
      if (!styleElement.test(code)) this.error('The select no longer writes its style as it did.');
      return { code: code.replace(styleElement, ''), map: null };
    },
  };
}
