import type pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshDatabase } from '@/server/testing/fresh-database';
import { distribute } from './distribute';
import { distributionPlan } from './distribution-plan';
import { DISTRIBUTED_TABLES, REFERENCE_TABLES } from './topology';

let database: Awaited<ReturnType<typeof freshDatabase>>;
let client: pg.PoolClient;

beforeAll(async () => {
  database = await freshDatabase({ spread: false });
  client = await database.pool.connect();
});
afterAll(async () => {
  client.release();
  await database.drop();
});

async function statements(): Promise<readonly string[]> {
  const plan = await distributionPlan(client, { assumeExtension: true });
  if (plan.kind === 'refused') throw new Error(plan.detail);
  return plan.steps.map(({ sql }) => sql);
}

it('a server without the extension is refused with what to do, and nothing is changed', async () => {
  const plan = await distribute(client, () => {
    throw new Error('no step may run');
  });
  expect(plan).toMatchObject({ kind: 'refused', reason: 'extension-missing' });
  expect(plan.kind === 'refused' && plan.detail).toMatch(/"citus" is missing/);
  const { rows } = await client.query(
    "select count(*)::int as keys from pg_constraint where conname = 'institution_key_institution_id_fkey'",
  );
  expect(rows[0].keys).toBe(1);
});

it('every unique constraint of a distributed table carries its distribution column', async () => {
  for (const { table, column } of DISTRIBUTED_TABLES) {
    const { rows } = await client.query<{ name: string; columns: string[] }>(
      `select i.relname as name, array_agg(a.attname::text) as columns
         from pg_index x
         join pg_class i on i.oid = x.indexrelid
         join pg_attribute a on a.attrelid = x.indrelid and a.attnum = any(x.indkey)
        where x.indrelid = $1::regclass and x.indisunique
        group by i.relname`,
      [table],
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const { name, columns } of rows) expect(`${name}: ${columns.includes(column)}`).toBe(`${name}: true`);
  }
});

it('no distributed or reference table has a trigger', async () => {
  const { rows } = await client.query('select tgname from pg_trigger where not tgisinternal and tgrelid = any($1::text[]::regclass[])', [
    [...REFERENCE_TABLES, ...DISTRIBUTED_TABLES.map(({ table }) => table)],
  ]);
  expect(rows).toEqual([]);
});

it('foreign keys step aside before tables are placed, and only those that may stay come back', async () => {
  const plan = await statements();
  const drops = plan.filter((sql) => sql.includes('drop constraint'));
  const { rows } = await client.query<{ name: string }>(
    `select conname as name from pg_constraint
      where contype = 'f' and conparentid = 0 and confrelid = any($1::text[]::regclass[])`,
    [[...REFERENCE_TABLES]],
  );
  for (const { name } of rows) expect(drops.some((sql) => sql.endsWith(`drop constraint ${name}`))).toBe(true);
  const lastDrop = plan.findLastIndex((sql) => sql.includes('drop constraint'));
  const firstPlacing = plan.findIndex((sql) => sql.startsWith('select create_'));
  expect(lastDrop).toBeLessThan(firstPlacing);
  expect(plan.at(-1)).toContain('add constraint institution_key_institution_id_fkey');
});

it('tables that are joined by a payment lie together, and institutions decide no place', async () => {
  const plan = await statements();
  for (const table of ['leg', 'transaction_outcome', 'raw_message']) {
    expect(plan).toContain(`select create_distributed_table('${table}', 'transaction_key', colocate_with => 'clearing_transaction')`);
  }
  expect(plan.some((sql) => sql.includes('distributed_table') && sql.includes('institution'))).toBe(false);
});

it('rows that were there before are freed from the coordinator after their table is placed', async () => {
  await client.query(
    `insert into institution (code, kind, category, name_zh, name_en, short_zh, short_en) values ('A', 'bank', 'other', 'a', 'a', 'a', 'a')`,
  );
  const plan = await statements();
  const placed = plan.indexOf("select create_reference_table('institution')");
  const freed = plan.indexOf("select truncate_local_data_after_distributing_table('institution')");
  expect(placed).toBeGreaterThanOrEqual(0);
  expect(freed).toBeGreaterThan(placed);
});
