import { formatDecimal } from '@/domain/format/count';

type DeltaProps = {
  /** The change, in the unit shown; null where there is nothing to compare with. */
  readonly value: number | null;
  /** "%" stands close to the digits, words after a space. */
  readonly unit?: string;
  readonly decimals?: number;
};

/** Change against the compared span: triangle and sign, in neutral colour. */
export function Delta({ value, unit = '%', decimals = 1 }: DeltaProps) {
  if (value === null) return <span className="delta">—</span>;
  const digits = formatDecimal(Math.abs(value), decimals);
  const sign = Number(digits.replaceAll(',', '')) === 0 ? 0 : Math.sign(value);
  return (
    <span className={sign > 0 ? 'delta rise' : sign < 0 ? 'delta drop' : 'delta'}>
      <span className="tri" aria-hidden="true">
        {sign > 0 ? '▲' : sign < 0 ? '▼' : '–'}
      </span>
      {sign > 0 ? '+' : sign < 0 ? '−' : ''}
      {digits}
      {unit === '%' ? '%' : unit ? ` ${unit}` : ''}
    </span>
  );
}
