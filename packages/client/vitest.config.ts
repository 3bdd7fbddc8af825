import { defineConfig } from 'vitest/config';

/** The workspace's packages are read as sources: nothing is built for a test. */
const conditions = ['@latchkey/source', 'node'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
