import { FLOW_ROLES, type FlowRole } from '@/domain/clearing/transaction';
import { availability, partlyObservedMs } from '@/domain/connectivity/availability';
import { stateAxisMs } from '@/domain/connectivity/state-axis';
import { amountUnit } from '@/domain/format/amount';
import { boardAxis } from '@/domain/overview/board-axis';
import { rollupWindow } from '@/domain/overview/rollup-window';
import type { PageContext } from '@/server/page-context';
import { timesOf } from '@/server/queries/connectivity/availability-report';
import { availabilityTarget } from '@/server/queries/connectivity/availability-target';
import { incidents } from '@/server/queries/connectivity/incidents';
import { judgedAt } from '@/server/queries/connectivity/judged-at';
import { boardBars, boardFigures } from '@/server/queries/institutions/board-figures';
import { boardStates } from '@/server/queries/institutions/board-states';
import type { Actor } from '@/server/session';
import type { BoardWire } from './_components/board-wire';

const NAMED = 4;

/** Everything that the board shows, in the shape in which it travels. */
export async function boardWire(
  actor: Actor,
  { context, role: asked, view }: { context: PageContext; role: unknown; view: unknown },
): Promise<BoardWire> {
  const { choice, range, currency, locale } = context;
  const dataAt = context.dataAt ?? new Date();
  const axis = boardAxis(range);
  const window = rollupWindow({ choice, range, dataAt, bucketMs: axis.bucketMs });
  const role: FlowRole = FLOW_ROLES.find((one) => one === asked) ?? 'payer';
  const judged = (await judgedAt()) ?? dataAt;
  const bucketMs = stateAxisMs(range);
  // States go on while no payment comes: the live axis ends with the newest judgement, not with the newest payment.
  const live =
    choice.kind === 'live' ? { from: new Date(judged.getTime() - (range.to.getTime() - range.from.getTime())), to: judged } : range;
  const { buckets } = rollupWindow({ choice, range: live, dataAt: judged, bucketMs });
  const [states, figures, { bars, until }, target, open] = await Promise.all([
    boardStates(actor, { locale }),
    boardFigures(actor, { range: window.buckets, axis, role, currency }),
    boardBars(actor, { range: buckets, bucketMs, until: new Date(Math.min(judged.getTime(), buckets.to.getTime())) }),
    availabilityTarget(),
    incidents(actor, { locale, open: true, limit: 200 }),
  ]);
  const amounts = [...figures.rows.values()].flatMap((row) => [row.outMinor, row.inMinor]);
  const span = { wholeMs: until.getTime() - buckets.from.getTime(), fromMs: buckets.from.getTime(), untilMs: until.getTime() };
  const exact = view === 'table';
  const amount = (minor: bigint) => (exact ? minor : rough(minor)).toString();
  return {
    role,
    exact,
    currency,
    unit: amountUnit(amounts, currency, locale),
    axis: {
      bucketMs,
      from: buckets.from.getTime(),
      bars: Math.round((buckets.to.getTime() - buckets.from.getTime()) / bucketMs),
      until: until.getTime(),
    },
    targetPpm: target.ppm,
    rows: { from: window.rows.from.getTime(), to: window.rows.to.getTime() },
    preset: choice.kind === 'live' ? choice.preset : null,
    incidents: {
      open: open.total,
      unacknowledged: open.rows.filter(({ acknowledgedAt }) => acknowledgedAt === null).length,
      top: open.rows.slice(0, NAMED).map((one) => ({
        id: one.id,
        state: one.state,
        subject: one.scope === 'line' ? (one.line ?? '') : (one.names[0] ?? ''),
        code: one.scope === 'line' ? null : (one.codes[0] ?? null),
        members: one.members,
        openedAt: one.openedAt.getTime(),
        acknowledged: one.acknowledgedAt !== null,
      })),
    },
    lines: states.map((one) => {
      const row = figures.rows.get(one.id);
      const bar = bars.get(one.id);
      const times = timesOf(bar, span);
      const observedMs = partlyObservedMs(times);
      const payments = row ? row.succeeded + row.declined + row.failed + row.unknown : 0n;
      const known = bar?.knownFrom ? Math.max(0, Math.round((bar.knownFrom.getTime() - buckets.from.getTime()) / bucketMs)) : null;
      return {
        code: one.code,
        name: one.name,
        short: one.short,
        pinyin: one.pinyin,
        kind: one.kind,
        category: one.category,
        state: one.state,
        layers: one.layers,
        since: one.since?.getTime() ?? null,
        availabilityPpm: availability(times).ppm,
        downMs: bar?.downMs ?? 0,
        ...(observedMs === null ? {} : { observedMs }),
        payments: Number(payments),
        failed: Number(row?.failed ?? 0n),
        declined: Number(row?.declined ?? 0n),
        latency: figures.latency.get(one.id) ?? null,
        outMinor: amount(row?.outMinor ?? 0n),
        inMinor: amount(row?.inMinor ?? 0n),
        bars: bar?.bars ?? '',
        knownFrom: known,
      };
    }),
  };
}

/** The board shows no amounts and only orders by them: two digits are enough, and travel lighter. */
function rough(minor: bigint): bigint {
  const digits = minor.toString().length;
  if (digits <= 2) return minor;
  const step = 10n ** BigInt(digits - 2);
  return (minor / step) * step;
}
