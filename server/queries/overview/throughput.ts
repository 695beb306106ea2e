import 'server-only';
import * as z from 'zod';
import { SLOT_MS } from '@/domain/overview/rollup-window';
import type { TimeRange } from '@/domain/time-range';
import { database } from '@/server/database';
import { Prisma } from '@/server/generated/prisma/client';
import type { Actor } from '@/server/session';
import { requireWholePlatform } from './whole-platform';

const Row = z.object({ at: z.date(), payments: z.coerce.number().int() });

/**
 * Payments accepted in each step of `range`, all currencies and outcomes, in order; steps without any are left out.
 * Steps below five minutes are read from the minutes, others from the slots. `range` lies on the edges of steps.
 */
export async function throughput(actor: Actor, { range, stepMs }: { range: TimeRange; stepMs: number }): Promise<z.infer<typeof Row>[]> {
  requireWholePlatform(actor);
  const step = Prisma.sql`make_interval(secs => ${stepMs / 1000})`;
  const rows =
    stepMs < SLOT_MS
      ? await database().$queryRaw`
          select date_bin(${step}, minute, ${range.from}::timestamptz) as at, sum(succeeded + declined + failed + unknown)::text as payments
          from platform_minute
          where minute >= ${range.from}
            and minute < ${range.to}
          group by 1
          order by 1`
      : await database().$queryRaw`
          select date_bin(${step}, slot, ${range.from}::timestamptz) as at, sum(succeeded + declined + failed + unknown)::text as payments
          from platform_slot
          where slot >= ${range.from}
            and slot < ${range.to}
          group by 1
          order by 1`;
  return z.array(Row).parse(rows);
}
