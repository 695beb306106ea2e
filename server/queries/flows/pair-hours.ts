import 'server-only';
import * as z from 'zod';
import type { TrendBucket } from '@/domain/flows/trend';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';
import { type PairHourScope, pairHourConditions, seesPair } from './pair-hour-conditions';

const Row = z.object({
  at: z.date(),
  succeeded: z.string(),
  declined: z.string(),
  failed: z.string(),
  unknown: z.string(),
  amount_minor: z.string(),
});

export type PairHoursQuestion = PairHourScope & {
  /** Where steps are counted from, at or before the range's start; without it from there. A step that the range cuts holds only its part. */
  readonly origin?: Date;
  /** A whole number of hours. */
  readonly stepS: number;
};

/** One pair's payments by step, only steps that hold any; nothing of others' pairs for an institution's own people. */
export async function pairHours(actor: Actor, question: PairHoursQuestion): Promise<readonly TrendBucket[]> {
  const { range, origin = range.from, stepS } = question;
  if (!seesPair(actor, question)) return [];
  const rows = await database().$queryRaw`
    select date_bin(make_interval(secs => ${stepS}), hour, ${origin}) as at,
      sum(succeeded)::text as succeeded,
      sum(declined)::text as declined,
      sum(failed)::text as failed,
      sum(unknown)::text as unknown,
      sum(amount_minor)::text as amount_minor
    from pair_hour
    where ${pairHourConditions(question)}
    group by 1
    order by 1`;
  return z
    .array(Row)
    .parse(rows)
    .map((row) => ({
      at: row.at,
      route: null,
      succeeded: BigInt(row.succeeded),
      declined: BigInt(row.declined),
      failed: BigInt(row.failed),
      unknown: BigInt(row.unknown),
      amount: BigInt(row.amount_minor),
    }));
}
