import type { ClientBase } from 'pg';
import { HOUR_MS } from '@/domain/detection/movement';

/** One institution's figures of one hour, all roles together; amounts are of its one currency here. */
export type HourFigure = { all: number; failed: number; paidMinor: number; receivedMinor: number; latency: number[] };
export type HourFigures = ReadonlyMap<string, HourFigure>;

export const hourKey = (institutionId: number, currency: string, hourMs: number) => `${institutionId} ${currency} ${hourMs}`;
export const hourOf = (atMs: number) => Math.floor(atMs / HOUR_MS) * HOUR_MS;

/** The figures of some institutions' hours. Amounts are compared, never shown, so a double holds them. */
export async function hourFigures(client: ClientBase, hoursMs: readonly number[], institutionIds: readonly number[]): Promise<HourFigures> {
  if (institutionIds.length === 0) return new Map();
  const { rows } = await client.query<{
    id: number;
    currency: string;
    role: string;
    hourMs: number;
    all: number;
    failed: number;
    amount: number;
    latency: string;
  }>(
    `select institution_id as id, currency, role::text as role, (date_part('epoch', hour) * 1000)::double precision as "hourMs",
       (succeeded + declined + failed)::double precision as "all", failed::double precision as failed,
       amount_minor::double precision as amount, latency::text as latency
     from institution_hour
     where hour = any(array(select to_timestamp(ms / 1000) from unnest($1::double precision[]) as ms))
       and institution_id = any($2::integer[])`,
    [hoursMs, institutionIds],
  );
  const figures = new Map<string, HourFigure>();
  for (const row of rows) {
    const key = hourKey(row.id, row.currency, row.hourMs);
    const figure = figures.get(key) ?? { all: 0, failed: 0, paidMinor: 0, receivedMinor: 0, latency: [] };
    figure.all += row.all;
    figure.failed += row.failed;
    if (row.role === 'payer') figure.paidMinor += row.amount;
    if (row.role === 'payee') figure.receivedMinor += row.amount;
    for (const [bucket, count] of countsOf(row.latency).entries()) figure.latency[bucket] = (figure.latency[bucket] ?? 0) + count;
    figures.set(key, figure);
  }
  return figures;
}

/** An array of whole numbers as PostgreSQL writes it; the driver's own way takes ten times as long. */
export function countsOf(text: string): readonly number[] {
  return JSON.parse(`[${text.slice(1, -1)}]`);
}
