import 'server-only';
import * as z from 'zod';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';
import { type PairHourScope, pairHourConditions, seesPair } from './pair-hour-conditions';

export type HourOfDay = { readonly hour: number; readonly payments: bigint; readonly amount: bigint };

const Row = z.object({ hour: z.int().min(0).max(23), payments: z.string(), amount: z.string() });

/** A pair's succeeded payments by hour of the business day (UTC+8), all 24 of them, over the whole range. */
export async function pairHourOfDay(actor: Actor, question: PairHourScope): Promise<readonly HourOfDay[]> {
  if (!seesPair(actor, question)) return [];
  const rows = await database().$queryRaw`
    select extract(hour from hour at time zone 'Asia/Shanghai')::int as hour,
      sum(succeeded)::text as payments,
      sum(amount_minor)::text as amount
    from pair_hour
    where ${pairHourConditions(question)}
    group by 1`;
  const held = new Map(
    z
      .array(Row)
      .parse(rows)
      .map((row) => [row.hour, row]),
  );
  return Array.from({ length: 24 }, (_, hour) => {
    const row = held.get(hour);
    return { hour, payments: BigInt(row?.payments ?? 0), amount: BigInt(row?.amount ?? 0) };
  });
}
