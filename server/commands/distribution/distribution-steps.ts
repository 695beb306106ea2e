import { DISTRIBUTED_TABLES, PLACED, REFERENCE_TABLES } from './topology';

export type PlanStep = {
  readonly says: string;
  readonly sql: string;
  /** Already so: shown, and not run again. */
  readonly done: boolean;
};
export type ForeignKey = { readonly name: string; readonly from: string; readonly to: string };
export type Standing = {
  readonly foreignKeys: readonly ForeignKey[];
  /** Tables that the cluster has already. */
  readonly placed: ReadonlySet<string>;
  /** Tables that hold rows. */
  readonly filled: ReadonlySet<string>;
};

/** What is to be done, in order, where a database stands so. */
export function distributionSteps({ foreignKeys, placed, filled }: Standing): readonly PlanStep[] {
  return [
    ...foreignKeySteps(foreignKeys, placed),
    ...tableSteps(placed),
    ...leftoverSteps(placed, filled),
    ...restoredKeySteps(foreignKeys, placed),
  ];
}

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

// Rows that a table had before it was placed stay behind on the coordinator, invisible. They are copies by then.
function leftoverSteps(placed: ReadonlySet<string>, filled: ReadonlySet<string>): PlanStep[] {
  return [...PLACED]
    .filter((table) => filled.has(table) && !placed.has(table))
    .map((table) => ({
      says: `free the coordinator of its own copy of ${table}`,
      sql: `select truncate_local_data_after_distributing_table('${table}')`,
      done: false,
    }));
}
