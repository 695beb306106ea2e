import path from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    alias: {
      '@': path.resolve('.'),
      // `server-only` throws outside Next on purpose; tests are a server too.
      'server-only': path.resolve('node_modules/server-only/empty.js'),
    },
  },
  test: {
    include: ['{app,components,detector,domain,server,ingest,monitor,prober,simulator,scripts}/**/*.test.{ts,tsx}'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    globalSetup: ['scripts/vitest-database.ts'],
  },
});
