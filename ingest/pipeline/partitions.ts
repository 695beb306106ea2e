import type pg from 'pg';

const BUSINESS_OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;

export type PartitionedTable = 'clearing_transaction' | 'leg' | 'bank_debit';

/** Makes the partitions that rows need before they are copied, and remembers which are there. */
export class Partitions {
  readonly #pool: pg.Pool;
  readonly #known: Record<PartitionedTable, Set<number>> = {
    clearing_transaction: new Set(),
    leg: new Set(),
    bank_debit: new Set(),
  };

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** In a short transaction of its own: another batch must not wait for this one to end before it can use the partition. */
  async ensure(table: PartitionedTable, timesMicros: readonly number[]): Promise<void> {
    const known = this.#known[table];
    const missing = new Set<number>();
    for (const micros of timesMicros) {
      const day = Math.floor((micros / 1_000 + BUSINESS_OFFSET_MS) / DAY_MS);
      if (!known.has(day)) missing.add(day);
    }
    if (missing.size === 0) return;
    const client = await this.#pool.connect();
    try {
      await client.query("begin; set local lock_timeout = '10s'; select pg_advisory_xact_lock(72707370)");
      // From the newest back: a day that has its own partition keeps the month around it from being made.
      for (const day of [...missing].sort((a, b) => b - a)) {
        await client.query('select ensure_partition($1::regclass, $2)', [table, new Date(day * DAY_MS - BUSINESS_OFFSET_MS)]);
      }
      await client.query('commit');
    } catch (error) {
      await client.query('rollback').catch(() => undefined);
      throw error;
    } finally {
      client.release();
    }
    for (const day of missing) known.add(day);
  }

  /** After somebody dropped one. */
  forget(): void {
    for (const days of Object.values(this.#known)) days.clear();
  }
}
