import { defineConfig } from 'vitest/config';

/** The workspace's packages are read as sources: nothing is built for a test. */
const conditions = ['@latchkey/source', 'node'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: ['test/postgresql-server.ts'],
    // These end what hangs, and measure nothing: on a busy machine a test takes many times what it takes alone.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 30_000 } },
  },
});
