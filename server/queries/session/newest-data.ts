import 'server-only';
import { cache } from 'react';
import { database } from '@/server/database';

/** Acceptance time of the newest payment that the roll-ups hold, or null before the first. */
export const newestData = cache(async (): Promise<Date | null> => {
  const follow = await database().monitorWatermark.findUnique({ where: { name: 'follow' }, select: { dataAt: true } });
  return follow?.dataAt ?? null;
});
