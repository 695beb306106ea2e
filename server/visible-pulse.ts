import 'server-only';
import * as z from 'zod';
import type { LiveEvent } from './live-stream';
import type { Actor } from './session';

/** When the monitor last spoke and how far behind it is: what every screen needs in order to move. */
const Moment = z.object({
  at: z.string(),
  dataAt: z.string().nullish(),
  lagMs: z.number().nullish(),
  connectivityAt: z.string().nullish(),
});

/** A word of the monitor as this actor may hear it: how much the whole platform does is no single institution's business. */
export function visiblePulse(actor: Pick<Actor, 'institutionId'>, event: LiveEvent): LiveEvent {
  if (actor.institutionId === null) return event;
  return { id: event.id, body: JSON.stringify(momentOf(event.body)) };
}

function momentOf(body: string): z.infer<typeof Moment> | null {
  try {
    return Moment.safeParse(JSON.parse(body)).data ?? null;
  } catch {
    return null;
  }
}
