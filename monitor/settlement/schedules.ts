import type { ClientBase } from 'pg';
import { SessionCalendar } from '@/domain/settlement/session-calendar';

/** The calendar of sessions as it is configured. */
export async function readCalendar(client: ClientBase): Promise<SessionCalendar> {
  const { rows } = await client.query<{ fromDay: number; cutOffs: number[] }>(
    `select effective_from - date '1970-01-01' as "fromDay", cut_offs as "cutOffs" from settlement_schedule`,
  );
  return new SessionCalendar(rows);
}
