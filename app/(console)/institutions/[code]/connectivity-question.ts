import { stateAxisMs } from '@/domain/connectivity/state-axis';
import { rollupWindow } from '@/domain/overview/rollup-window';
import type { PageContext } from '@/server/page-context';
import { timesOf } from '@/server/queries/connectivity/availability-report';
import { availabilityTarget } from '@/server/queries/connectivity/availability-target';
import { certificates } from '@/server/queries/connectivity/certificates';
import { contacts } from '@/server/queries/connectivity/contacts';
import { incidents } from '@/server/queries/connectivity/incidents';
import { institutionCause } from '@/server/queries/connectivity/institution-cause';
import { institutionLines } from '@/server/queries/connectivity/institution-lines';
import { judgedAt } from '@/server/queries/connectivity/judged-at';
import { plannedStops } from '@/server/queries/connectivity/planned-stops';
import { stateBars } from '@/server/queries/connectivity/state-bars';
import { stateHistory } from '@/server/queries/connectivity/state-history';
import type { InstitutionIdentity } from '@/server/queries/institutions/institution-identity';
import type { Actor } from '@/server/session';

const INCIDENTS = 12;
const STRETCHES = 1_000;

/** Everything about an institution's lines that its page shows. */
export async function connectivityOf(actor: Actor, { identity, context }: { identity: InstitutionIdentity; context: PageContext }) {
  const { choice, range, locale } = context;
  const institutionId = identity.id;
  const at = new Date();
  const judged = (await judgedAt()) ?? at;
  const live =
    choice.kind === 'live' ? { from: new Date(judged.getTime() - (range.to.getTime() - range.from.getTime())), to: judged } : range;
  const bucketMs = stateAxisMs(live);
  // An absolute span is taken as it was asked for: a bar of the board leads here, and its seconds must add up again.
  const asked = choice.kind === 'live' ? rollupWindow({ choice, range: live, dataAt: judged, bucketMs }).buckets : range;
  const axis = rollupWindow({ choice, range: live, dataAt: judged, bucketMs }).buckets;
  const until = new Date(Math.min(judged.getTime(), asked.to.getTime()));
  const [lines, cause, bars, exact, history, open, met, people, stops, target] = await Promise.all([
    institutionLines(actor, { institutionId, at: judged }),
    institutionCause(actor, { institutionId }),
    stateBars(actor, { range: axis, bucketMs, until, institutionId }),
    stateBars(actor, { range: asked, bucketMs: Math.max(1000, asked.to.getTime() - asked.from.getTime()), until, institutionId }),
    stateHistory(actor, { institutionId, range: { from: asked.from, to: until }, limit: STRETCHES }),
    incidents(actor, { locale, institutionId, limit: INCIDENTS }),
    certificates(actor, { institutionId, at }),
    contacts(actor, { institutionId, locale }),
    plannedStops(actor, { institutionId, at }),
    availabilityTarget(),
  ]);
  return {
    lines,
    cause,
    incidents: open,
    certificates: met,
    contacts: people,
    stops,
    history: {
      axis: {
        bucketMs,
        from: axis.from.getTime(),
        bars: Math.max(1, Math.round((axis.to.getTime() - axis.from.getTime()) / bucketMs)),
        until: until.getTime(),
      },
      bars: bars.get(institutionId),
      times: timesOf(exact.get(institutionId), {
        wholeMs: Math.max(0, until.getTime() - asked.from.getTime()),
        fromMs: asked.from.getTime(),
        untilMs: until.getTime(),
      }),
      targetPpm: target.ppm,
      history,
      range: asked,
      until,
    },
  };
}
