import { currencyPlaces } from '../currency';

/** One unit for a chart or a column: `minor` is how many minor units make one of it. */
export type FlowUnit = { readonly label: string; readonly minor: bigint; readonly digits: number };

/** Figures of one currency in one language, always from whole minor units. */
export type FlowFigures = {
  /** Every digit: for hover, copy and speech. */
  readonly exact: (amount: bigint) => string;
  /** Its own unit, for a figure that stands alone. */
  readonly short: (amount: bigint, digits?: number) => string;
  readonly split: (amount: bigint) => { readonly figure: string; readonly unit: string };
  /** The unit in which the largest of these reads best. */
  readonly unitFor: (amounts: readonly bigint[]) => FlowUnit;
  readonly inUnit: (amount: bigint, unit: FlowUnit) => string;
  readonly count: (count: bigint) => string;
  readonly percent: (share: number, digits?: number) => string;
  readonly change: (change: number) => string;
};

type Step = { readonly major: bigint; readonly zh: string; readonly en: string };
const STEPS: readonly Step[] = [
  { major: 100_000_000n, zh: '亿', en: '' },
  { major: 10_000n, zh: '万', en: '' },
  { major: 1_000_000_000n, zh: '', en: 'bn' },
  { major: 1_000_000n, zh: '', en: 'm' },
  { major: 1_000n, zh: '', en: 'k' },
];

/** Figures of a screen. Intl's compact form rounds 99,999,999 to 1亿 and takes doubles: units are cut here, from whole numbers. */
export function flowFigures({ locale, currency }: { locale: string; currency: string }): FlowFigures {
  const chinese = locale.startsWith('zh');
  const places = currencyPlaces(currency) ?? 2;
  const one = 10n ** BigInt(places);
  const symbol = symbolOf(currency);
  const grouped = new Intl.NumberFormat(chinese ? 'zh-CN' : 'en');
  const steps = STEPS.filter((step) => (chinese ? step.zh : step.en) !== '');
  const label = (prefix: string) => {
    if (!chinese) return `${symbol}${prefix}`;
    return currency === 'CNY' ? `${prefix}元` : `${prefix} ${currency}`.trim();
  };
  const unitOf = (amount: bigint): FlowUnit => {
    const size = amount < 0n ? -amount : amount;
    const step = steps.find(({ major }) => size >= major * one);
    return step
      ? { label: label(chinese ? step.zh : step.en), minor: step.major * one, digits: 2 }
      : { label: label(''), minor: one, digits: places };
  };
  const inUnit = (amount: bigint, { minor, digits }: FlowUnit) => decimal(amount, minor, digits, grouped);
  const stands = (figure: string, unit: FlowUnit) => {
    if (chinese) return `${figure} ${unit.label}`;
    const [sign, digits] = figure.startsWith('−') ? ['−', figure.slice(1)] : ['', figure];
    return `${sign}${symbol}${digits}${unit.label.slice(symbol.length)}`;
  };
  return {
    exact: (amount) => stands(decimal(amount, one, places, grouped), { label: label(''), minor: one, digits: places }),
    short: (amount, digits) => {
      const unit = unitOf(amount);
      return stands(inUnit(amount, { ...unit, digits: digits ?? unit.digits }), unit);
    },
    split: (amount) => {
      const unit = unitOf(amount);
      return { figure: inUnit(amount, unit), unit: unit.label };
    },
    unitFor: (amounts) => unitOf(largestOf(amounts)),
    inUnit,
    count: (count) => grouped.format(count),
    percent: (share, digits = 1) => `${(share * 100).toFixed(digits)}%`,
    change: (change) => {
      const tenths = Math.abs(change * 100);
      const size = tenths >= 1000 ? grouped.format(Math.round(tenths)) : tenths.toFixed(1);
      return tenths < 0.05 ? '0.0%' : `${change > 0 ? '+' : '−'}${size}%`;
    },
  };
}

function largestOf(amounts: readonly bigint[]): bigint {
  let largest = 0n;
  for (const amount of amounts) if (amount > largest) largest = amount;
  return largest;
}

/** amount ÷ unit to so many digits, rounded half up on the size, with a true minus. */
function decimal(amount: bigint, unit: bigint, digits: number, grouped: Intl.NumberFormat): string {
  const size = amount < 0n ? -amount : amount;
  const scale = 10n ** BigInt(digits);
  const scaled = (size * scale * 2n + unit) / (unit * 2n);
  const whole = grouped.format(scaled / scale);
  const fraction = digits === 0 ? '' : `.${(scaled % scale).toString().padStart(digits, '0')}`;
  return `${amount < 0n && scaled > 0n ? '−' : ''}${whole}${fraction}`;
}

function symbolOf(currency: string): string {
  const parts = new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }).formatToParts(0);
  const symbol = parts.find((part) => part.type === 'currency')?.value ?? currency;
  return /[A-Za-z]$/.test(symbol) ? `${symbol} ` : symbol;
}
