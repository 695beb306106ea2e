// Control sums add amounts of any number of decimals; binary floating point would report differences that are not there.

const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?$/;
const SCALE = 18;

/** The exact sum of XML decimals, without trailing zeros. Throws on text that is no decimal. */
export function addDecimals(decimals: readonly string[]): string {
  return decimalOf(decimals.reduce((sum, text) => sum + scaled(text), 0n));
}

/** Whether two XML decimals are the same number: "1000.00" and "1000". */
export function sameDecimal(a: string, b: string): boolean {
  return scaled(a) === scaled(b);
}

function scaled(text: string): bigint {
  const match = DECIMAL.exec(text);
  if (!match || (match[3]?.length ?? 0) > SCALE) throw new Error(`not a decimal of at most ${SCALE} places: ${text.slice(0, 40)}`);
  const [, sign, whole = '', fraction = ''] = match;
  const value = BigInt((whole || '0') + fraction.padEnd(SCALE, '0'));
  return sign === '-' ? -value : value;
}

function decimalOf(value: bigint): string {
  const digits = (value < 0n ? -value : value).toString().padStart(SCALE + 1, '0');
  const fraction = digits.slice(-SCALE).replace(/0+$/, '');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -SCALE)}${fraction && `.${fraction}`}`;
}
