import 'server-only';
import * as z from 'zod';
import { type UnsettledBand, unsettledByAge } from '@/domain/settlement/unsettled-age';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';

const Row = z.object({ cutOffAt: z.date(), unsettledMinor: z.coerce.bigint(), payments: z.int() });

/** Value that was paid and is not final, by how long ago its session was cut off. Of sessions never counted yet, all of it. */
export async function unsettled(actor: Actor, { currency, asOf }: { currency: string; asOf: Date }): Promise<readonly UnsettledBand[]> {
  // What is final is counted for the whole platform only.
  if (actor.institutionId !== null) return [];
  const rows = await database().$queryRaw`
    select s.cut_off_at as "cutOffAt",
      coalesce(f.amount_minor - f.final_minor, (select sum(p.out_minor) from settlement_position p where p.session_no = s.no and p.currency = ${currency}), 0)::text as "unsettledMinor",
      coalesce(f.payments - f.final_payments, (select sum(p.out_count) from settlement_position p where p.session_no = s.no and p.currency = ${currency}), 0)::int as payments
    from settlement_session s
    left join settlement_finality f on f.session_no = s.no and f.currency = ${currency}
    where f.session_no is null or f.final_payments < f.payments`;
  const sessions = z.array(Row).parse(rows);
  return unsettledByAge(
    sessions.map(({ cutOffAt, ...rest }) => ({ cutOffAtMs: cutOffAt.getTime(), ...rest })),
    asOf.getTime(),
  );
}
