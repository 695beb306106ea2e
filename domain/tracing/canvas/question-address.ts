import * as z from 'zod';
import { BUSINESS_TYPES } from '../../clearing/transaction';
import { readRange, type TimeRange } from '../../time-range';
import { TRACE_DIRECTIONS, TRACE_HOPS_MAX, TRACE_STARTS_MAX, type TraceQuestion, type TraceStart } from '../trace-question';

/** What a page shows without being asked: enough to see where money went, and quick. */
export const HOPS_SHOWN = 4;

const Whole = z.string().regex(/^\d{1,18}$/);
const Address = z.object({
  d: z.enum(TRACE_DIRECTIONS).default('forward'),
  hops: Whole.transform(Number).pipe(z.int().min(1).max(TRACE_HOPS_MAX)).default(HOPS_SHOWN),
  min: Whole.transform(BigInt).default(0n),
  type: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(BUSINESS_TYPES)))
    .default([]),
  /** Minutes. */
  wait: Whole.transform(Number).pipe(z.int().min(1).max(1_000_000)).nullable().default(null),
  hub: z.union([z.literal('none').transform(() => null), Whole.transform(Number).pipe(z.int().min(2).max(1_000_000))]).default(5_000),
  through: z
    .string()
    .max(8_000)
    .transform((text) => text.split(','))
    .pipe(z.array(z.string().min(1).max(200)).max(TRACE_STARTS_MAX))
    .default([]),
});

type Params = Readonly<Record<string, string | undefined>>;

/**
 * The question that an address asks, over `range` or the part of it that `window` narrows to; null where a parameter cannot be read:
 * a trace that ignores a wish would be taken for an answer to it.
 */
export function questionOf(
  params: Params,
  { from, currency, range }: { readonly from: readonly TraceStart[]; readonly currency: string; readonly range: TimeRange },
): TraceQuestion | null {
  const read = Address.safeParse(params);
  const window = windowOf(params.window, range);
  if (!read.success || window === null) return null;
  const { d, hops, min, type, wait, hub, through } = read.data;
  return {
    direction: d,
    from: [...from],
    currency,
    hops,
    sinceMs: window.from.getTime(),
    untilMs: window.to.getTime(),
    minAmountMinor: min,
    businessTypes: [...type],
    waitLimitMs: wait === null ? null : wait * 60_000,
    hubDegree: hub,
    overriddenHubs: [...through],
  };
}

/** The part of `range` that the slider has narrowed the trace to; the whole without one, null for what is no part of it. */
export function windowOf(text: string | undefined, range: TimeRange): TimeRange | null {
  if (text === undefined || text === '') return range;
  const read = readRange(text);
  if (read?.kind !== 'absolute') return null;
  const from = new Date(Math.max(read.range.from.getTime(), range.from.getTime()));
  const to = new Date(Math.min(read.range.to.getTime(), range.to.getTime()));
  return from < to ? { from, to } : null;
}

const START = /^(?:account:([^,@=]{1,200})(?:@(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?))?(?:=(\d{1,18}))?|tx:([^,]{1,200}))$/;

/** Reads "account:<name>@2026-11-20T10:00=120000,tx:<id>": starts of a trace, times of business, amounts in minor units. Null: no such thing. */
export function readStarts(text: string | undefined): readonly TraceStart[] | null {
  const parts = (text ?? '').split(',');
  if (parts.length > TRACE_STARTS_MAX) return null;
  const starts = parts.map((part): TraceStart | null => {
    const match = START.exec(part);
    if (!match) return null;
    const [, account, at, amount, transaction] = match;
    if (transaction !== undefined) return { kind: 'transaction', transaction };
    const atMs = at === undefined ? null : Date.parse(`${at}+08:00`);
    if (Number.isNaN(atMs)) return null;
    return {
      kind: 'account',
      account: account as string,
      atMs,
      amountMinor: amount === undefined || /^0+$/.test(amount) ? null : BigInt(amount),
    };
  });
  return starts.every((start) => start !== null) ? starts : null;
}
