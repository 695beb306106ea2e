import 'server-only';
import { type UnsettledBand, unsettledByAge } from '@/domain/settlement/unsettled-age';
import type { Actor } from '@/server/session';
import { unsettledSessions } from './unsettled-sessions';

/** Value that was paid and is not final, by how long ago its session was cut off. */
export async function unsettled(actor: Actor, { currency, asOf }: { currency: string; asOf: Date }): Promise<readonly UnsettledBand[]> {
  const sessions = await unsettledSessions(actor, { currency });
  return unsettledByAge(
    sessions.map(({ cutOffAt, unsettledMinor, payments }) => ({ cutOffAtMs: cutOffAt.getTime(), unsettledMinor, payments })),
    asOf.getTime(),
  );
}
