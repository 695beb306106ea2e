import 'server-only';
import * as z from 'zod';
import type { AlertActivity } from '@/domain/alerts/alert-view';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';

const EVENTS_MAX = 100;
const Said = z.object({
  note: z.string().optional(),
  before: z.object({ assigneeId: z.string().nullable() }).optional(),
  after: z.object({ assigneeId: z.string().nullable(), reason: z.string().nullable(), snoozedUntil: z.string().nullable() }).optional(),
});

/** What happened to an alert, oldest first, whoever did it; the newest hundred. An institution's own people get neither names nor notes. */
export async function alertActivity(actor: Actor, alertId: bigint): Promise<readonly AlertActivity[]> {
  const events = await database().alertEvent.findMany({ where: { alertId }, orderBy: { id: 'desc' }, take: EVENTS_MAX });
  const isWithheld = actor.institutionId !== null;
  const said = events.map(({ detail }) => Said.safeParse(detail).data ?? {});
  const people = [
    ...events.flatMap(({ actor }) => (actor === null ? [] : [actor])),
    ...said.flatMap(({ after }) => after?.assigneeId ?? []),
  ];
  const users = await database().appUser.findMany({ where: { id: { in: [...new Set(people)] } }, select: { id: true, displayName: true } });
  const nameOf = (id: string | null | undefined) => (isWithheld ? null : (users.find((user) => user.id === id)?.displayName ?? null));
  return events
    .map((event, i) => ({
      id: String(event.id),
      at: event.at.toISOString(),
      actor: nameOf(event.actor),
      kind: event.kind,
      note: isWithheld ? null : (said[i]?.note ?? null),
      reason: said[i]?.after?.reason ?? null,
      person: nameOf(said[i]?.after?.assigneeId),
      until: said[i]?.after?.snoozedUntil ?? null,
      isWithheld: isWithheld && event.actor !== null,
    }))
    .reverse();
}
