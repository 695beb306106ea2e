import { formatDecimal } from '@/domain/format/count';

type DeltaProps = {
  /** The change, in the unit shown; null where there is nothing to compare with. */
  readonly value: number | null;
  /** "%" stands close to the digits, words after a space. */
  readonly unit?: string;
  readonly decimals?: number;
};

/** From so many percent on, a growth is told as a multiple. */
const TIMES_FROM = 900;

/** Change against the compared span: triangle and sign, in neutral colour. */
export function Delta({ value, unit = '%', decimals = 1 }: DeltaProps) {
  if (value === null) return <span className="delta">—</span>;
  if (unit === '%' && value >= TIMES_FROM)
    return (
      <span className="delta rise">
        <span className="tri" aria-hidden="true">
          ▲
        </span>
        ×{formatDecimal(1 + value / 100, value >= 10 * TIMES_FROM ? 0 : 1)}
      </span>
    );
  const digits = formatDecimal(Math.abs(value), decimals);
  const sign = Number(digits.replaceAll(',', '')) === 0 ? 0 : Math.sign(value);
  return (
    <span className={sign > 0 ? 'delta rise' : sign < 0 ? 'delta drop' : 'delta'}>
      {sign === 0 ? (
        '±'
      ) : (
        <>
          <span className="tri" aria-hidden="true">
            {sign > 0 ? '▲' : '▼'}
          </span>
          {sign > 0 ? '+' : '−'}
        </>
      )}
      {digits}
      {unit === '%' ? '%' : unit ? ` ${unit}` : ''}
    </span>
  );
}
