import type { Reading } from '@/domain/detection/statistics/series-verdict';

type Evaluated = Extract<Reading, { state: 'evaluated' }>;

const FAILURES_MIN = 5;

/** Many payments make the smallest change certain; nobody acts on it. A figure must have left its past by so much as well. */
export function isWorthSaying({ kind, value, baseline }: Evaluated, volume: number): boolean {
  switch (kind) {
    case 'surge':
      return value >= 1.5 * baseline.median;
    case 'success-drop':
      return value <= baseline.median - 0.03 && (1 - value) * volume >= FAILURES_MIN;
    case 'latency':
      return value >= 2 * baseline.median;
    case 'net-imbalance':
      return value >= baseline.median + 0.3;
    case 'after-hours':
      return value >= baseline.median + 0.05;
  }
}
