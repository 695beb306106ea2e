import 'server-only';
import * as z from 'zod';
import { type AgentComparison, compareWithAgent } from '@/domain/settlement/agent-comparison';
import { businessDay } from '@/domain/time-range';
import { database } from '@/server/database';
import type { Prisma } from '@/server/generated/prisma/client';

const Position = z.object({ institutionId: z.int(), currency: z.string(), netMinor: z.coerce.bigint() });
const Entry = z.object({
  institutionId: z.int(),
  currency: z.string(),
  netMinor: z.coerce.bigint(),
  status: z.enum(['booked', 'pending']),
  reversal: z.boolean(),
  reference: z.string(),
  bookedAtMs: z.number().nullable(),
  valueDate: z.string().nullable(),
});

/** How the settlement agent's bookings stand against a session's positions, in every currency or in one. */
export async function agentStanding(
  session: { readonly no: string; readonly cutOffAt: Date; readonly currency?: string },
  reader: Pick<Prisma.TransactionClient, '$queryRaw'> = database(),
): Promise<AgentComparison> {
  const { no, cutOffAt, currency = null } = session;
  const own = z.array(Position).parse(
    await reader.$queryRaw`
      select p.institution_id as "institutionId", p.currency, (p.in_minor - p.out_minor)::text as "netMinor"
      from settlement_position p
      where p.session_no = ${no} and (${currency}::text is null or p.currency = ${currency})`,
  );
  const entries = z.array(Entry).parse(
    await reader.$queryRaw`
      select e.institution_id as "institutionId", e.currency, e.net_minor::text as "netMinor", e.status, e.reversal, e.reference,
        date_part('epoch', e.booked_at) * 1000 as "bookedAtMs", e.value_date::text as "valueDate"
      from settlement_entry e
      where e.session_no = ${no} and (${currency}::text is null or e.currency = ${currency})`,
  );
  const day = `${no.slice(0, 4)}-${no.slice(4, 6)}-${no.slice(6, 8)}`;
  return compareWithAgent({ positions: own, entries, cutOffAtMs: cutOffAt.getTime(), valueDates: [day, businessDay(cutOffAt)] });
}
