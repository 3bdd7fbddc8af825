import type { Plugin } from 'vite';
import { compression } from 'vite-plugin-compression2';

/** Puts a Brotli and a gzip of every file worth it beside the file, for the server to send as they are. */
export function compress(): Plugin {
  return compression({ algorithms: ['brotliCompress', 'gzip'], threshold: 1024 });
}
