import 'server-only';
import * as z from 'zod';
import { AVAILABILITY_TARGET_PPM } from '@/domain/connectivity/availability';
import { database } from '@/server/database';

const Value = z.object({ ppm: z.int().min(900_000).max(1_000_000) });

/** The availability that is promised, in parts per million, and when it was set; the default where nobody set one. */
export async function availabilityTarget(): Promise<{ readonly ppm: number; readonly changedAt: Date | null }> {
  const row = await database().setting.findUnique({ where: { name: 'connectivity.target' } });
  const value = Value.safeParse(row?.value);
  return value.success ? { ppm: value.data.ppm, changedAt: row?.changedAt ?? null } : { ppm: AVAILABILITY_TARGET_PPM, changedAt: null };
}
