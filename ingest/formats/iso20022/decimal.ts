// Control sums add amounts of any number of decimals; binary floating point would report differences that are not there.

const DECIMAL = /^([+-]?)(\d{0,40})(?:\.(\d{0,18}))?$/;
const SCALE = 18;

/** The exact sum of XML decimals, without trailing zeros; undefined where one of them is no decimal. */
export function addDecimals(decimals: readonly string[]): string | undefined {
  let sum = 0n;
  for (const text of decimals) {
    const value = scaled(text);
    if (value === undefined) return undefined;
    sum += value;
  }
  return decimalOf(sum);
}

/** Whether two XML decimals are the same number: "1000.00" and "1000". */
export function sameDecimal(a: string, b: string): boolean {
  const value = scaled(a);
  return value !== undefined && value === scaled(b);
}

function scaled(text: string): bigint | undefined {
  const match = DECIMAL.exec(text);
  const [, sign, whole = '', fraction = ''] = match ?? [];
  if (!match || (whole === '' && fraction === '')) return undefined;
  const value = BigInt((whole || '0') + fraction.padEnd(SCALE, '0'));
  return sign === '-' ? -value : value;
}

function decimalOf(value: bigint): string {
  const digits = (value < 0n ? -value : value).toString().padStart(SCALE + 1, '0');
  const fraction = digits.slice(-SCALE).replace(/0+$/, '');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -SCALE)}${fraction && `.${fraction}`}`;
}
