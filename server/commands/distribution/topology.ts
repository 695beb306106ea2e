/** Where each table of the schema belongs on a Citus cluster. A table that is not named stays on the coordinator (docs/decisions/0003). */
export const REFERENCE_TABLES = ['institution', 'institution_key'] as const;

export const DISTRIBUTED_TABLES = [
  { table: 'clearing_transaction', column: 'transaction_key', colocateWith: 'none' },
  { table: 'leg', column: 'transaction_key', colocateWith: 'clearing_transaction' },
  { table: 'transaction_outcome', column: 'transaction_key', colocateWith: 'clearing_transaction' },
  { table: 'awaited_outcome', column: 'transaction_key', colocateWith: 'clearing_transaction' },
  { table: 'raw_message', column: 'transaction_key', colocateWith: 'clearing_transaction' },
  { table: 'message_receipt', column: 'message_key', colocateWith: 'none' },
  { table: 'account', column: 'id', colocateWith: 'none' },
] as const;

export const PLACED: ReadonlySet<string> = new Set([...REFERENCE_TABLES, ...DISTRIBUTED_TABLES.map(({ table }) => table)]);
