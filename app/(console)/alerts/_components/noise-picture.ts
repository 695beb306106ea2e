import type { AlertView } from '@/domain/alerts/alert-view';
import { magnitude } from '@/domain/money';

type Point = { readonly id: string; readonly at: number; readonly value: number };
export type NoisePicture = {
  readonly usual: readonly Point[];
  readonly seen: readonly Point[];
  /** What nine in ten of the usual lie between. */
  readonly low: number;
  readonly high: number;
  readonly from: number;
  readonly to: number;
  readonly floor: number;
  readonly ceiling: number;
  readonly ticks: readonly number[];
  readonly isLog: boolean;
  /** Points of a course are joined. */
  readonly line: boolean;
  readonly threshold: number | null;
  /** Of fewer points nothing is said of what is usual. */
  readonly hasBand: boolean;
};

/** So many points make a band of what is usual. */
const BAND_FROM = 20;
/** Amounts more than so many times apart are drawn on a logarithmic axis. */
const LOG_FROM = 60;

/** What is drawn of an alert: heights for the eye only, as plain numbers. Null where there is nothing to compare with. */
export function noisePicture(view: AlertView): NoisePicture | null {
  const { detail, own } = view;
  if (detail.kind === 'statistic') {
    const usual = detail.samples.map(({ at, value }, i) => ({ id: `${i} ${at}`, at: Date.parse(at), value }));
    const seen = detail.course.map(({ at, value }, i) => ({ id: `${i} ${at}`, at: Date.parse(at), value }));
    if (usual.length === 0) return null;
    const shown = seen.length > 0 ? seen : [{ id: 'now', at: Date.parse(detail.to), value: detail.value }];
    const spread = 3 * 1.4826 * detail.mad;
    return framed({
      usual,
      seen: shown,
      low: Math.max(0, detail.median - spread),
      high: detail.median + spread,
      line: true,
      threshold: null,
    });
  }
  if (!own || own.points.length === 0) return null;
  const usual = own.points.map(({ at, amountMinor }, i) => ({
    id: `${i} ${at}`,
    at: Date.parse(at),
    value: magnitude(BigInt(amountMinor)),
  }));
  const seen = view.payments
    .filter(({ currency }) => currency === own.currency)
    .filter((payment) => {
      const account = own.role === 'payer' ? payment.payerAccount : payment.payeeAccount;
      return view.row.subject.kind === 'account' && account === view.row.subject.id;
    })
    .map(({ key, at, amountMinor }) => ({ id: key, at: Date.parse(at), value: magnitude(BigInt(amountMinor)) }));
  if (seen.length === 0) return null;
  const sorted = usual.map(({ value }) => value).sort((a, b) => a - b);
  const quantile = (q: number) => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] as number;
  return framed({ usual, seen, low: quantile(0.05), high: quantile(0.95), line: false, threshold: null });
}

function framed(drawn: Pick<NoisePicture, 'usual' | 'seen' | 'low' | 'high' | 'line' | 'threshold'>): NoisePicture {
  const points = [...drawn.usual, ...drawn.seen];
  const values = points.map(({ value }) => value);
  const [least, most] = [Math.min(...values.filter((value) => value > 0)), Math.max(...values, drawn.line ? drawn.high : 0)];
  const isLog = !drawn.line && most / Math.max(least, 1) > LOG_FROM;
  const times = points.map(({ at }) => at);
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const margin = Math.max(3_600_000, (last - first) * 0.02);
  const floor = isLog ? 10 ** Math.floor(Math.log10(least)) : 0;
  const ceiling = isLog ? 10 ** Math.ceil(Math.log10(most)) : niceAbove(most);
  return {
    ...drawn,
    isLog,
    hasBand: drawn.line || drawn.usual.length >= BAND_FROM,
    from: first - margin,
    to: last + margin,
    floor,
    ceiling,
    ticks: isLog ? powers(floor, ceiling) : [0, ceiling / 2, ceiling],
  };
}

function niceAbove(value: number): number {
  if (value <= 0) return 1;
  const unit = 10 ** Math.floor(Math.log10(value));
  return ([1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((step) => step * unit >= value * 1.05) ?? 12) * unit;
}

function powers(floor: number, ceiling: number): number[] {
  const all: number[] = [];
  for (let value = floor; value <= ceiling * 1.001; value *= 10) all.push(value);
  return all.length <= 5 ? all : all.filter((_, i) => i % 2 === 0);
}
