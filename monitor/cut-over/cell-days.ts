import type { ClientBase } from 'pg';
import type { BusinessType } from '@/domain/clearing/transaction';
import { BUSINESS_OFFSET_MS, DAY_MS } from '@/domain/time-range';

/** One business day of payment institution × bank × business type × currency. `day` counts from 1970. */
export type CellDay = {
  readonly institutionId: number;
  readonly bankId: number;
  readonly businessType: BusinessType;
  readonly currency: string;
  readonly day: number;
};

/** Kinds of sums in the order of the columns of cut_over_day. */
export const MEASURES = ['cleared', 'confirmed', 'direct', 'debit', 'residual', 'nested'] as const;
export type Measure = (typeof MEASURES)[number];
type Sums = Record<Measure, { count: bigint; minor: bigint }>;

/** Gains and losses of cell days, gathered in memory and written in one statement. */
export class CellDays {
  readonly #cells = new Map<string, { cell: CellDay; sums: Sums }>();

  static dayOf(atMs: number): number {
    return Math.floor((atMs + BUSINESS_OFFSET_MS) / DAY_MS);
  }

  add(cell: CellDay, measure: Measure, count: bigint, minor: bigint): void {
    const key = `${cell.institutionId} ${cell.bankId} ${cell.businessType} ${cell.currency} ${cell.day}`;
    const held = this.#cells.get(key) ?? { cell, sums: zero() };
    this.#cells.set(key, held);
    held.sums[measure].count += count;
    held.sums[measure].minor += minor;
  }

  async write(client: ClientBase): Promise<void> {
    const changed = [...this.#cells.values()].filter(({ sums }) => MEASURES.some((m) => sums[m].count !== 0n || sums[m].minor !== 0n));
    if (changed.length === 0) return;
    const columns = MEASURES.flatMap((measure) => [`${measure}_count`, `${measure}_minor`]);
    const values = MEASURES.flatMap((measure) => [
      changed.map(({ sums }) => sums[measure].count.toString()),
      changed.map(({ sums }) => sums[measure].minor.toString()),
    ]);
    await client.query({
      name: 'write cut-over days',
      text: `insert into cut_over_day as c (institution_id, bank_id, business_type, currency, day, ${columns.join(', ')})
        select institution_id, bank_id, business_type, currency, date '1970-01-01' + day, ${columns.join(', ')}
        from unnest($1::integer[], $2::integer[], $3::business_type[], $4::text[], $5::integer[],
          ${columns.map((_, n) => `$${n + 6}::bigint[]`).join(', ')})
          as d (institution_id, bank_id, business_type, currency, day, ${columns.join(', ')})
        on conflict (institution_id, bank_id, business_type, currency, day) do update
        set ${columns.map((column) => `${column} = c.${column} + excluded.${column}`).join(', ')}`,
      values: [
        changed.map(({ cell }) => cell.institutionId),
        changed.map(({ cell }) => cell.bankId),
        changed.map(({ cell }) => cell.businessType),
        changed.map(({ cell }) => cell.currency),
        changed.map(({ cell }) => cell.day),
        ...values,
      ],
    });
  }
}

function zero(): Sums {
  return Object.fromEntries(MEASURES.map((measure) => [measure, { count: 0n, minor: 0n }])) as Sums;
}
