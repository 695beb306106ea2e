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

/**
 * The one stretch of the trend worth a word: at least three points in a row outside the band on the same side, the farthest of them 20 %
 * or more from its middle. Points whose middle is below `paymentsMin` payments are too few to tell from chance and end a stretch.
 * `paymentsPerUnit` turns the trend's unit into payments of one point (a step's seconds where the unit is payments a second).
 */
export function largestExcursion(points: readonly TrendPoint[], paymentsPerUnit: number): Excursion | null {
  let best: Excursion | null = null;
  let run: { at: number; percent: number }[] = [];
  const close = () => {
    const first = run[0];
    const last = run.at(-1);
    if (first && last && run.length >= POINTS_MIN) {
      const extreme = run.reduce((a, b) => (Math.abs(b.percent) > Math.abs(a.percent) ? b : a));
      if (Math.abs(extreme.percent) >= PERCENT_MIN && Math.abs(extreme.percent) > Math.abs(best?.extremePercent ?? 0))
        best = { from: first.at, to: last.at, direction: extreme.percent > 0 ? 'above' : 'below', extremePercent: extreme.percent };
    }
    run = [];
  };
  for (const point of points) {
    const percent = outside(point, paymentsPerUnit);
    if (percent === null || (run[0] && Math.sign(run[0].percent) !== Math.sign(percent))) close();
    if (percent !== null) run.push({ at: point.at, percent });
  }
  close();
  return best;
}

function outside({ value, low, high }: TrendPoint, paymentsPerUnit: number): number | null {
  if (value === null || low === null || high === null || (value >= low && value <= high)) return null;
  const middle = (low + high) / 2;
  if (middle * paymentsPerUnit < PAYMENTS_MIN) return null;
  return Math.round((value / middle - 1) * 100);
}
