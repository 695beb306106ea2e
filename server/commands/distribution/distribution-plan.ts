import 'server-only';
import type pg from 'pg';
import { DISTRIBUTED_TABLES, REFERENCE_TABLES } from './topology';

export type PlanStep = {
  readonly says: string;
  readonly sql: string;
  /** Already so: shown, and not run again. */
  readonly done: boolean;
};
export type DistributionPlan =
  | { readonly kind: 'plan'; readonly workers: number; readonly notes: readonly string[]; readonly steps: readonly PlanStep[] }
  | { readonly kind: 'refused'; readonly reason: 'extension-missing' | 'not-coordinator' | 'tables-missing'; readonly detail: string };

type ForeignKey = { name: string; from: string; to: string };

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
  const keys = await foreignKeys(client);
  const steps = [
    ...foreignKeySteps(keys, placed),
    ...tableSteps(placed),
    ...(await leftoverSteps(client, placed)),
    ...restoredKeySteps(keys, placed),
  ];
  return { kind: 'plan', workers, notes, steps };
}

const PLACED: ReadonlySet<string> = new Set([...REFERENCE_TABLES, ...DISTRIBUTED_TABLES.map(({ table }) => table)]);

function tableSteps(placed: ReadonlySet<string>): PlanStep[] {
  const reference = REFERENCE_TABLES.map((table) => ({
    says: `copy ${table} to every node (reference table)`,
    sql: `select create_reference_table('${table}')`,
    done: placed.has(table),
  }));
  const distributed = DISTRIBUTED_TABLES.map(({ table, column, colocateWith }) => ({
    says: `spread ${table} by ${column}${colocateWith === 'none' ? '' : `, beside ${colocateWith}`}`,
    sql: `select create_distributed_table('${table}', '${column}', colocate_with => '${colocateWith}')`,
    done: placed.has(table),
  }));
  return [...reference, ...distributed];
}

/**
 * A foreign key between local and placed tables is dropped: it would either be refused, or drag tables that must stay local (the audit log
 * with its triggers among them) into the cluster's metadata. What it said is checked by the gateway and the commands anyway.
 * One between two reference tables steps aside until both are placed, and comes back.
 */
function foreignKeySteps(keys: readonly ForeignKey[], placed: ReadonlySet<string>): PlanStep[] {
  const both = (key: ForeignKey) => isReference(key.from) && isReference(key.to);
  return keys
    .filter(({ from, to }) => PLACED.has(from) || PLACED.has(to))
    .filter((key) => !(both(key) && placed.has(key.from) && placed.has(key.to)))
    .map((key) => ({
      says: `drop the foreign key of ${key.from} to ${key.to}${both(key) ? ' until both are reference tables' : ': one is local, the other is not'}`,
      sql: `alter table ${key.from} drop constraint ${key.name}`,
      done: false,
    }));
}

/** The foreign keys of the schema that stay: known by name, so that a run which ended half-way still brings them back. */
function restoredKeySteps(keys: readonly ForeignKey[], placed: ReadonlySet<string>): PlanStep[] {
  const name = 'institution_key_institution_id_fkey';
  return [
    {
      says: 'bring the foreign key of institution_key to institution back',
      sql: `alter table institution_key add constraint ${name} foreign key (institution_id) references institution (id)`,
      done: placed.has('institution_key') && keys.some((key) => key.name === name),
    },
  ];
}

function isReference(table: string): boolean {
  return (REFERENCE_TABLES as readonly string[]).includes(table);
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

// Rows that a table had before it was placed stay behind on the coordinator, invisible. They are copies by then.
async function leftoverSteps(client: pg.ClientBase, placed: ReadonlySet<string>): Promise<PlanStep[]> {
  const steps: PlanStep[] = [];
  for (const table of [...DISTRIBUTED_TABLES.map((each) => each.table), ...REFERENCE_TABLES]) {
    if (placed.has(table)) continue;
    const { rows } = await client.query<{ any: boolean }>(`select exists (select from ${table}) as any`);
    if (!rows[0]?.any) continue;
    const sql = `select truncate_local_data_after_distributing_table('${table}')`;
    steps.push({ says: `free the coordinator of its own copy of ${table}`, sql, done: false });
  }
  return steps;
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
    `select exists (select from pg_extension where extname = 'citus') as installed,
            exists (select from pg_available_extensions where name = 'citus') as available`,
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
