/** One point of the trend beside what past days had at the same time; null where it is not known. */
export type TrendPoint = {
  readonly at: number;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
};
export type Excursion = {
  readonly from: number;
  readonly to: number;
  readonly direction: 'above' | 'below';
  /** Farthest from the middle of the band, in percent with its sign. */
  readonly extremePercent: number;
};

const POINTS_MIN = 3;
const PERCENT_MIN = 20;
const PAYMENTS_MIN = 30;
const DEVIATION_MIN = 6;

/**
 * The one stretch of the trend worth a word: at least three points in a row outside the band on the same side, the farthest of them 20 %
 * or more from its middle, and all of them together six standard deviations of a count (the root of what was to be expected) away. Points whose middle is below `paymentsMin` payments are too few to tell from chance and end a stretch.
 * `paymentsPerUnit` turns the trend's unit into payments of one point (a step's seconds where the unit is payments a second).
 */
export function largestExcursion(points: readonly TrendPoint[], paymentsPerUnit: number): Excursion | null {
  let best: Excursion | null = null;
  let run: Outside[] = [];
  const close = () => {
    const first = run[0];
    const last = run.at(-1);
    if (first && last && run.length >= POINTS_MIN) {
      const extreme = run.reduce((a, b) => (Math.abs(b.percent) > Math.abs(a.percent) ? b : a));
      const expected = run.reduce((sum, point) => sum + point.expected, 0);
      const excess = run.reduce((sum, point) => sum + point.excess, 0);
      const telling = Math.abs(excess) >= DEVIATION_MIN * Math.sqrt(expected) && Math.abs(extreme.percent) >= PERCENT_MIN;
      if (telling && Math.abs(extreme.percent) > Math.abs(best?.extremePercent ?? 0))
        best = { from: first.at, to: last.at, direction: extreme.percent > 0 ? 'above' : 'below', extremePercent: extreme.percent };
    }
    run = [];
  };
  for (const point of points) {
    const found = outside(point, paymentsPerUnit);
    if (found === null || (run[0] && Math.sign(run[0].percent) !== Math.sign(found.percent))) close();
    if (found !== null) run.push(found);
  }
  close();
  return best;
}

type Outside = { readonly at: number; readonly percent: number; readonly expected: number; readonly excess: number };

function outside({ at, value, low, high }: TrendPoint, paymentsPerUnit: number): Outside | null {
  if (value === null || low === null || high === null || (value >= low && value <= high)) return null;
  const middle = (low + high) / 2;
  const expected = middle * paymentsPerUnit;
  if (expected < PAYMENTS_MIN) return null;
  return { at, percent: Math.round((value / middle - 1) * 100), expected, excess: (value - middle) * paymentsPerUnit };
}
