import 'server-only';
import { chartStepMs } from '@/domain/overview/chart-step';
import { rateUnit } from '@/domain/overview/rate-unit';
import { HOUR_MS, rollupWindow, shifted } from '@/domain/overview/rollup-window';
import { allows } from '@/domain/permissions';
import { comparedRange, DAY_MS, type TimeRange } from '@/domain/time-range';
import type { PageContext } from '@/server/page-context';
import { latestAlerts } from '@/server/queries/alerts/latest-alerts';
import { flowInstitutions } from '@/server/queries/flows/flow-institutions';
import { nearestData } from '@/server/queries/flows/nearest-data';
import { amountToday } from '@/server/queries/overview/amount-today';
import { institutionStates } from '@/server/queries/overview/institution-states';
import { largestFlows } from '@/server/queries/overview/largest-flows';
import { lastMinutes } from '@/server/queries/overview/last-minutes';
import { monitorLag } from '@/server/queries/overview/monitor-lag';
import { notices } from '@/server/queries/overview/notices';
import { openQuarantine } from '@/server/queries/overview/open-quarantine';
import { platformHours } from '@/server/queries/overview/platform-hours';
import { platformLatency } from '@/server/queries/overview/platform-latency';
import { throughput } from '@/server/queries/overview/throughput';
import { throughputBand } from '@/server/queries/overview/throughput-band';
import type { Actor } from '@/server/session';

export const FLOWS_TOP = 15;
const NOTICES_MAX = 12;
const ALERTS_MAX = 4;

/**
 * Every question of the overview, asked at once: each region waits for its own answers only. Spans are on the edges of the roll-up that
 * answers, so that each figure has exactly its rows.
 */
export function overviewQuestions(actor: Actor, context: PageContext, dataAt: Date) {
  const { choice, range, compare, currency, locale } = context;
  const asOf = range.to < dataAt ? range.to : dataAt;
  const hours = rollupWindow({ choice, range, dataAt, bucketMs: HOUR_MS });
  const stepMs = chartStepMs(range);
  const steps = rollupWindow({ choice, range, dataAt, bucketMs: stepMs });
  const beforeSteps = comparedRange(steps.buckets, compare);
  // Percentiles over weeks would merge tens of thousands of histograms: the last day of the span says what latency is now.
  const latencyFrom = new Date(Math.max(hours.buckets.from.getTime(), hours.buckets.to.getTime() - DAY_MS));
  const latencyHours = { from: latencyFrom, to: hours.buckets.to };
  const weeks = weeksOf(hours.buckets);
  const now = quiet(throughput(actor, { range: steps.buckets, stepMs }));
  const before = quiet(beforeSteps ? throughput(actor, { range: beforeSteps, stepMs }) : Promise.resolve(null));
  return {
    asOf,
    weeks,
    hours,
    steps,
    stepMs,
    beforeShiftMs: beforeSteps ? steps.buckets.from.getTime() - beforeSteps.from.getTime() : 0,
    latencyRows: { from: latencyFrom, to: hours.rows.to },
    now,
    before,
    /** In which every rate of the screen is said, so that they can be compared: what suits the highest of the chart. */
    unit: quiet(Promise.all([now, before]).then(([a, b]) => rateUnit(highest([...a, ...(b ?? [])]) / (stepMs / 1000)))),
    band: quiet(stepMs >= 300_000 ? throughputBand(actor, { range: steps.buckets, stepMs }) : Promise.resolve(null)),
    lastMinutes: quiet(lastMinutes(actor, { asOf })),
    today: quiet(amountToday(actor, { asOf, dataAt, currency })),
    outcomes: quiet(platformHours(actor, { range: hours.buckets, currency })),
    outcomesBefore: quiet(platformHours(actor, { range: shifted(hours.buckets, -7 * weeks), currency })),
    latency: quiet(platformLatency(actor, { range: latencyHours })),
    latencyBefore: quiet(platformLatency(actor, { range: shifted(latencyHours, -7) })),
    lagMs: quiet(monitorLag(actor)),
    names: quiet(flowInstitutions(actor, { locale })),
    states: quiet(institutionStates(actor, { locale })),
    quarantine: quiet(openQuarantine(actor, { asOf: dataAt })),
    notices: quiet(notices(actor, { asOf: dataAt, limit: NOTICES_MAX })),
    /** Null for who may not see alerts. */
    alerts: quiet(allows(actor.role, 'alerts:view') ? latestAlerts(actor, { limit: ALERTS_MAX, locale }) : Promise.resolve(null)),
    /** Asked only by a region that has nothing to show. */
    nearest: () => nearestData(actor, { range: hours.buckets, currency }),
    flows: quiet(largestFlows(actor, { range: hours.buckets, currency, top: FLOWS_TOP })),
  };
}
export type OverviewQuestions = ReturnType<typeof overviewQuestions>;

// Whole weeks that a span reaches over: what it is compared with never overlaps it.
function weeksOf({ from, to }: TimeRange): number {
  return Math.max(1, Math.ceil((to.getTime() - from.getTime()) / (7 * DAY_MS)));
}

function highest(steps: readonly { readonly payments: number }[]): number {
  return steps.reduce((top, { payments }) => Math.max(top, payments), 0);
}

/** A question that fails before its region asks for the answer must not end the process. */
function quiet<T>(answer: Promise<T>): Promise<T> {
  answer.catch(() => {});
  return answer;
}
