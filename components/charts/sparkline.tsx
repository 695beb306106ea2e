type SparklineProps = {
  readonly values: readonly number[];
  /** The compared span as a paler line behind. */
  readonly compared?: readonly number[];
  readonly width?: number;
  readonly height?: number;
  /** A token of the line's colour; ink level 2 without. */
  readonly color?: string;
  readonly low?: number;
  readonly high?: number;
};

/** A bare line with a dot at the present: decoration beside a figure that says the same in words. */
export function Sparkline({ values, compared = [], width = 62, height = 26, color, low, high }: SparklineProps) {
  const all = [...values, ...compared].filter(Number.isFinite);
  if (values.length < 2 || all.length < 2) return <svg className="spark" width={width} height={height} aria-hidden="true" />;
  const bottom = low ?? Math.min(...all);
  const top = high ?? Math.max(...all);
  const y = (value: number) => height - 2 - ((value - bottom) / (top - bottom || 1)) * (height - 5);
  const x = (index: number, count: number) => (index / (count - 1)) * (width - 5) + 2;
  const path = (series: readonly number[]) =>
    series.map((value, i) => `${i === 0 ? 'M' : 'L'}${x(i, series.length).toFixed(1)} ${y(value).toFixed(1)}`).join('');
  const last = values.at(-1) ?? 0;
  return (
    // Squeezed where its place is narrow: lines keep their weight, and the dot, a line without length, stays round.
    <svg className="spark" width={width} height={height} viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
      {compared.length > 1 ? <path d={path(compared)} fill="none" stroke="var(--chart-compare)" strokeWidth="1" opacity=".75" /> : null}
      <path d={path(values)} fill="none" stroke={color ?? 'var(--text-2)'} strokeWidth="1.25" strokeLinejoin="round" />
      <path
        d={`M${x(values.length - 1, values.length).toFixed(1)} ${y(last).toFixed(1)}h0`}
        stroke={color ?? 'var(--text-1)'}
        strokeWidth="4"
        strokeLinecap="round"
      />
    </svg>
  );
}
