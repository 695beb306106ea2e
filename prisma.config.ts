import path from 'node:path';
import { defineConfig } from 'prisma/config';

// Prisma's native schema engine is only on Prisma's own download host; the same engine as WASM is on npm.
// Setting this here (not in .env) reaches every `prisma` command, also `prisma generate`.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= path.resolve('scripts/schema-engine.mjs');

export default defineConfig({
  // A folder: one file for each area, beside the migrations.
  schema: 'prisma',
  migrations: { path: path.join('prisma', 'migrations') },
  datasource: { url: process.env.DATABASE_URL ?? 'postgresql://127.0.0.1:1/none' },
});
