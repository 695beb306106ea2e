import { useTranslations } from 'next-intl';
import { exactAmount, type FormatLocale } from '@/domain/format/amount';
import { magnitude } from '@/domain/money';
import { extremes } from '@/domain/settlement/extremes';
import { toBusinessText } from '@/domain/time-range';
import type { MinuteRow } from '@/server/queries/settlement/minutes';

type WayChartProps = {
  readonly rows: readonly MinuteRow[];
  readonly opensAt: Date;
  readonly cutOffAt: Date;
  readonly capMinor: bigint | null;
  readonly currency: string;
  readonly locale: FormatLocale;
};
const [WIDTH, HEIGHT, LEFT, BOTTOM] = [860, 210, 4, 20];

/** The net position through the session as steps, zero in the middle of what it reached, the cap as a line below. */
export function WayChart({ rows, opensAt, cutOffAt, capMinor, currency, locale }: WayChartProps) {
  const t = useTranslations('settlement');
  let net = 0n;
  const steps = rows.map(({ minute, inMinor, outMinor }) => {
    net += inMinor - outMinor;
    return { at: minute.getTime(), net };
  });
  const { highest, lowest } = extremes(steps.map((step) => step.net));
  // A cap far below everything would press the line flat: it is drawn where the way comes as near as a third of it.
  const showCap = capMinor !== null && lowest * -3n > capMinor;
  const { lowest: bottom } = extremes(showCap ? [lowest, -capMinor] : [lowest]);
  const [top, floor] = [magnitude(highest), magnitude(bottom)];
  const span = top - floor || 1;
  const x = (ms: number) => LEFT + ((ms - opensAt.getTime()) / (cutOffAt.getTime() - opensAt.getTime())) * (WIDTH - LEFT * 2);
  const y = (value: number) => 10 + ((top - value) / span) * (HEIGHT - BOTTOM - 20);
  let path = `M${LEFT} ${y(0)}`;
  for (const step of steps) path += `H${x(step.at).toFixed(1)}V${y(magnitude(step.net)).toFixed(1)}`;
  const last = steps.at(-1);
  if (last) path += `H${x(Math.min(cutOffAt.getTime(), last.at + 60_000)).toFixed(1)}`;
  const summary = t('page.waySummary', { low: exactAmount(lowest, currency, locale), high: exactAmount(highest, currency, locale) });
  return (
    <figure className="st-way">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={summary}>
        <line x1={LEFT} x2={WIDTH - LEFT} y1={y(0)} y2={y(0)} stroke="var(--line-strong)" />
        {showCap ? (
          <>
            <line
              x1={LEFT}
              x2={WIDTH - LEFT}
              y1={y(magnitude(-capMinor))}
              y2={y(magnitude(-capMinor))}
              stroke="var(--severity-critical)"
              strokeDasharray="4 3"
            />
            <text x={WIDTH - LEFT} y={y(magnitude(-capMinor)) - 4} textAnchor="end">
              {t('page.cap')}
            </text>
          </>
        ) : null}
        <path d={path} fill="none" stroke="var(--chart-line)" strokeWidth="1.6" />
        {[0, 0.25, 0.5, 0.75, 1].map((share) => {
          const ms = opensAt.getTime() + share * (cutOffAt.getTime() - opensAt.getTime());
          return (
            <text key={share} x={x(ms)} y={HEIGHT - 4} textAnchor={share === 0 ? 'start' : share === 1 ? 'end' : 'middle'}>
              {toBusinessText(new Date(ms)).slice(11, 16)}
            </text>
          );
        })}
      </svg>
      <figcaption className="meta">{summary}</figcaption>
    </figure>
  );
}
