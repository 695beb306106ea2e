import 'server-only';
import { type Availability, availability, budgetLeftMs, partlyObservedMs, type StateTimes } from '@/domain/connectivity/availability';
import type { TimeRange } from '@/domain/time-range';
import { database } from '@/server/database';
import type { Actor } from '@/server/session';
import { institutionStates } from '../overview/institution-states';
import { availabilityTarget } from './availability-target';
import { judgedAt } from './judged-at';
import { stateBars } from './state-bars';

export type ReportRow = Availability & {
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  readonly times: StateTimes;
  readonly budgetLeftMs: number;
  /** How long was measured, where that is only a part of what has passed of the month; else null. */
  readonly observedMs: number | null;
  readonly incidents: number;
  readonly met: boolean | null;
};
export type AvailabilityReport = {
  readonly range: TimeRange;
  /** Nothing after it is counted: the month is not over, or the monitor has not judged further. */
  readonly until: Date;
  readonly targetPpm: number;
  readonly rows: readonly ReportRow[];
};

/** Availability of every institution that the actor may see within `range`, with what it leaves out: announced stops and what was not measured. */
export async function availabilityReport(
  actor: Actor,
  { range, locale }: { range: TimeRange; locale: string },
): Promise<AvailabilityReport> {
  const [target, judged, states] = await Promise.all([availabilityTarget(), judgedAt(), institutionStates(actor, { locale })]);
  const until = judged && judged < range.to ? judged : range.to;
  const [bars, counted] = await Promise.all([
    stateBars(actor, { range, bucketMs: 86_400_000, until }),
    database().$queryRaw<{ id: number; n: number }[]>`
      select m.institution_id as id, count(distinct m.incident_id)::int as n
      from incident_member m
      join incident i on i.id = m.incident_id and i.merged_into is null
      where m.from_at < ${range.to}
        and (m.to_at is null or m.to_at >= ${range.from})
      group by 1`,
  ]);
  const incidents = new Map(counted.map(({ id, n }) => [id, n]));
  const wholeMs = Math.max(0, until.getTime() - range.from.getTime());
  const rows = states.map(({ id, code, name, kind }): ReportRow => {
    const bar = bars.get(id);
    const times = timesOf(bar, { wholeMs, fromMs: range.from.getTime(), untilMs: until.getTime() });
    const of = availability(times);
    return {
      ...of,
      code,
      name,
      kind,
      times,
      budgetLeftMs: budgetLeftMs(of, target.ppm),
      observedMs: partlyObservedMs(times),
      incidents: incidents.get(id) ?? 0,
      met: of.ppm === null ? null : of.ppm >= target.ppm,
    };
  });
  return { range, until, targetPpm: target.ppm, rows };
}

/** All states' times within the span; what lies before the first known moment is unknown, so that they add up to the whole. */
export function timesOf(
  bar:
    | { readonly knownFrom: Date | null; downMs: number; degradedMs: number; silentMs: number; plannedMs: number; unknownMs: number }
    | undefined,
  { wholeMs, fromMs, untilMs }: { wholeMs: number; fromMs: number; untilMs: number },
): StateTimes {
  const knownMs = bar?.knownFrom ? Math.max(0, Math.min(wholeMs, untilMs - Math.max(fromMs, bar.knownFrom.getTime()))) : 0;
  const { downMs = 0, degradedMs = 0, silentMs = 0, plannedMs = 0, unknownMs = 0 } = bar ?? {};
  const unknown = unknownMs + (wholeMs - knownMs);
  return {
    down: downMs,
    degraded: degradedMs,
    silent: silentMs,
    planned: plannedMs,
    unknown,
    up: Math.max(0, wholeMs - unknown - downMs - degradedMs - silentMs - plannedMs),
  };
}
