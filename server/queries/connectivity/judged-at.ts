import 'server-only';
import { database } from '@/server/database';

/** When the monitor last judged everybody: what is open reaches to then, and no further. Null before the first time. */
export async function judgedAt(): Promise<Date | null> {
  const row = await database().setting.findUnique({ where: { name: 'connectivity.judged' } });
  const at = (row?.value as { at?: unknown } | null)?.at;
  const moment = typeof at === 'string' ? new Date(at) : null;
  return moment && !Number.isNaN(moment.getTime()) ? moment : null;
}
