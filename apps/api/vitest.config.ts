import { defineConfig } from 'vitest/config';

/** The workspace's packages are read as sources: nothing is built for a test. */
const conditions = ['@latchkey/source', 'node'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: ['test/postgresql-server.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What is waited for comes in its own time: a busy machine may take many times what an idle one does.
    expect: { poll: { timeout: 30_000 } },
  },
});
