import { defineConfig } from 'vitest/config';

/** The workspace's packages are read as sources: nothing is built for a test. */
const conditions = ['@latchkey/source', 'node'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['test/**/*.test.ts'],
    // Each starts servers of its own, which would disturb each other.
    fileParallelism: false,
    testTimeout: 1_200_000,
    hookTimeout: 60_000,
  },
});
