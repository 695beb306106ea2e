import 'server-only';
import * as z from 'zod';
import { TraceSnapshot } from '@/domain/cases/trace-snapshot';
import { database } from '@/server/database';
import { type Actor, requirePermission } from '@/server/session';
import { onCase } from './on-case';

const Row = z.object({
  id: z.string(),
  title: z.string(),
  address: z.string(),
  snapshot: TraceSnapshot,
  sha256: z.string(),
  asOf: z.date().nullable(),
  by: z.string(),
  at: z.date(),
});
export type CaseTraceRow = z.infer<typeof Row>;

/** Traces kept in a case with what they answered, in the order they were taken. Empty for who is not on it. */
export async function caseTraces(actor: Actor, { no }: { no: string }): Promise<readonly CaseTraceRow[]> {
  requirePermission(actor, 'cases:view');
  return z.array(Row).parse(
    await database().$queryRaw`
      select s.id::text as id, s.title, s.address, s.snapshot, s.sha256, s.as_of as "asOf", u.display_name as by, s.added_at as at
      from case_trace s
      join case_record c on c.id = s.case_id
      join app_user u on u.id = s.added_by
      where c.no = ${no} and ${onCase(actor)}
      order by s.id`,
  );
}
