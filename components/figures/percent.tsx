import { formatDecimal } from '@/domain/format/count';
import { percentDigits } from '@/domain/format/percent';

type PercentProps = {
  /** Parts per million; null where there is nothing to divide by. */
  readonly ppm: number | null;
  readonly decimals?: number;
  readonly withUnit?: boolean;
};

/** A share as percent. Never 100 for what is not all, never 0 for what is not nothing. */
export function Percent({ ppm, decimals = 2, withUnit = true }: PercentProps) {
  if (ppm === null) return <span className="t3">—</span>;
  return (
    <span className="nowrap" title={`${formatDecimal(ppm / 10_000, 4)}%`}>
      {percentDigits(ppm, decimals)}
      {withUnit ? '%' : null}
    </span>
  );
}
