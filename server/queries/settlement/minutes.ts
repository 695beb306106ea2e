import 'server-only';
import * as z from 'zod';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';

const Row = z.object({ minute: z.date(), inMinor: z.coerce.bigint(), outMinor: z.coerce.bigint() });
export type MinuteRow = z.infer<typeof Row>;

/** One participant's way through a session, minute by minute; empty where the minutes are no longer kept. */
export async function minutes(
  actor: Actor,
  { no, currency, institutionId }: { no: string; currency: string; institutionId: number },
): Promise<readonly MinuteRow[]> {
  if (actor.institutionId !== null && actor.institutionId !== institutionId) return [];
  const rows = await database().$queryRaw`
    select m.minute, m.in_minor::text as "inMinor", m.out_minor::text as "outMinor"
    from settlement_minute m
    where m.session_no = ${no} and m.currency = ${currency} and m.institution_id = ${institutionId}
    order by m.minute`;
  return z.array(Row).parse(rows);
}
