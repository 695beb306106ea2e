import 'server-only';
import * as z from 'zod';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';

const Row = z.object({
  effectiveFrom: z.string(),
  cutOffs: z.array(z.int()),
  nettingMinutes: z.int(),
  agentRequired: z.boolean(),
  paceMinutes: z.int(),
  createdAt: z.date(),
  createdBy: z.string().nullable(),
});
export type ScheduleRow = z.infer<typeof Row>;

/** Every version of the settlement schedule, the newest first. */
export async function schedules(_actor: Actor): Promise<readonly ScheduleRow[]> {
  const rows = await database().$queryRaw`
    select s.effective_from::text as "effectiveFrom", s.cut_offs as "cutOffs", s.netting_minutes as "nettingMinutes",
      s.agent_required as "agentRequired", s.pace_minutes as "paceMinutes", s.created_at as "createdAt", u.display_name as "createdBy"
    from settlement_schedule s
    left join app_user u on u.id = s.created_by
    order by s.effective_from desc`;
  return z.array(Row).parse(rows);
}

/** The version in force on a business day ("2026-11-23"). */
export function scheduleOn(versions: readonly ScheduleRow[], day: string): ScheduleRow {
  const version = versions.find(({ effectiveFrom }) => effectiveFrom <= day) ?? versions.at(-1);
  if (!version) throw new Error('there is no settlement schedule');
  return version;
}
