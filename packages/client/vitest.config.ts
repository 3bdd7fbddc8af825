import { defineConfig } from 'vitest/config';

/** The workspace's packages are read as sources: nothing is built for a test. */
const conditions = ['@latchkey/source', 'node'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // These end what hangs, and measure nothing: a server on a busy machine takes many times as long to start.
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
