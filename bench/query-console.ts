import pg from 'pg';
import { database } from '@/server/database';
import { questions } from './questions';

/** Which question, by its number, and which asking of it. */
export type Asked = { readonly question: number; readonly run: number };
export type Answered = { readonly ms: number };

// A process of its own for each database: what one keeps in memory never answers for another.
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL as string, max: 1 });
const all = await questions(pool, Number(process.env.BENCH_TO_MS));
await pool.end();
await database().$queryRaw`select 1`;
process.on('message', ({ question, run }: Asked) => {
  const begun = performance.now();
  all[question]?.ask(run).then(
    () => process.send?.({ ms: performance.now() - begun } satisfies Answered),
    (error) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');
