import 'server-only';
import type pg from 'pg';
import { distributionSteps, type ForeignKey, type PlanStep } from './distribution-steps';
import { PLACED } from './topology';

export type DistributionPlan =
  | { readonly kind: 'plan'; readonly workers: number; readonly notes: readonly string[]; readonly steps: readonly PlanStep[] }
  | { readonly kind: 'refused'; readonly reason: 'extension-missing' | 'not-coordinator' | 'tables-missing'; readonly detail: string };

/**
 * What it takes to spread this database over a cluster, read from the catalog: nothing is changed.
 * `assumeExtension` shows the plan for a server that has no Citus yet.
 */
export async function distributionPlan(
  client: pg.ClientBase,
  options: { readonly assumeExtension?: boolean } = {},
): Promise<DistributionPlan> {
  const missing = await missingTables(client);
  if (missing.length > 0) {
    return {
      kind: 'refused',
      reason: 'tables-missing',
      detail: `The tables ${missing.join(', ')} are not there: migrate first (headwater db migrate).`,
    };
  }
  const extension = await citusState(client);
  if (!extension.installed && !options.assumeExtension) {
    const how = extension.available
      ? 'The server has it ready: run "create extension citus" as a superuser on every node, and add the workers (citus_add_node).'
      : 'The server does not have it: use a PostgreSQL with Citus 12 or later, with shared_preload_libraries = citus.';
    return { kind: 'refused', reason: 'extension-missing', detail: `The extension "citus" is missing from this database. ${how}` };
  }
  if (extension.installed && !(await isCoordinator(client))) {
    return { kind: 'refused', reason: 'not-coordinator', detail: 'This server is a worker: connect to the coordinator.' };
  }
  const placed = extension.installed ? await placedTables(client) : new Set<string>();
  const { workers, coordinator } = extension.installed ? await nodes(client) : { workers: 0, coordinator: true };
  const notes = [
    ...(workers === 0 ? ['No worker is known to this server: everything will stay on it until workers are added and shards moved.'] : []),
    ...(coordinator
      ? []
      : ['The coordinator does not know its own address: run "select citus_set_coordinator_host(…)", or joins will be slow.']),
  ];
  const steps = distributionSteps({ foreignKeys: await foreignKeys(client), placed, filled: await filledTables(client) });
  return { kind: 'plan', workers, notes, steps };
}

async function foreignKeys(client: pg.ClientBase): Promise<readonly ForeignKey[]> {
  const { rows } = await client.query<ForeignKey>(
    `select c.conname as name, c.conrelid::regclass::text as "from", c.confrelid::regclass::text as "to"
       from pg_constraint c
      where c.contype = 'f'
        and c.conparentid = 0
        and c.connamespace = 'public'::regnamespace
      order by 2, 1`,
  );
  return rows;
}

async function filledTables(client: pg.ClientBase): Promise<ReadonlySet<string>> {
  const filled = new Set<string>();
  for (const table of PLACED) {
    const { rows } = await client.query<{ any: boolean }>(`select exists (select 1 from ${table}) as any`);
    if (rows[0]?.any) filled.add(table);
  }
  return filled;
}

async function missingTables(client: pg.ClientBase): Promise<readonly string[]> {
  const { rows } = await client.query<{ table: string }>(
    `select t as "table" from unnest($1::text[]) as t where to_regclass('public.' || t) is null`,
    [[...PLACED]],
  );
  return rows.map(({ table }) => table);
}

async function citusState(client: pg.ClientBase): Promise<{ installed: boolean; available: boolean }> {
  const { rows } = await client.query<{ installed: boolean; available: boolean }>(
    `select exists (select 1 from pg_extension where extname = 'citus') as installed,
            exists (select 1 from pg_available_extensions where name = 'citus') as available`,
  );
  return rows[0] as { installed: boolean; available: boolean };
}

async function isCoordinator(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ coordinator: boolean }>('select groupid = 0 as coordinator from pg_dist_local_group');
  return rows[0]?.coordinator ?? true;
}

async function placedTables(client: pg.ClientBase): Promise<ReadonlySet<string>> {
  // partmethod 'n' with repmodel 's' is a local table in the metadata; 't' marks reference tables, 'h' spread ones.
  const { rows } = await client.query<{ table: string }>(
    `select logicalrelid::regclass::text as "table" from pg_dist_partition where partmethod = 'h' or repmodel = 't'`,
  );
  return new Set(rows.map(({ table }) => table));
}

async function nodes(client: pg.ClientBase): Promise<{ workers: number; coordinator: boolean }> {
  const { rows } = await client.query<{ workers: number; coordinator: boolean }>(
    `select count(*) filter (where groupid <> 0 and shouldhaveshards)::int as workers,
            coalesce(bool_or(groupid = 0), false) as coordinator
       from pg_dist_node
      where isactive and noderole = 'primary'`,
  );
  return rows[0] as { workers: number; coordinator: boolean };
}
