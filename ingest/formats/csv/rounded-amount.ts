import { currencyPlaces } from '@/domain/currency';

const DECIMAL = /^(-?)(\d{1,18})\.(\d{1,60})$/;

/**
 * A decimal with no more places than its currency has, rounded half to even; undefined where it needs no rounding or is no plain decimal.
 * "664.942391784752" SEK → "664.94", "0.125" USD → "0.12".
 */
export function roundedAmount(decimal: string, currency: string): string | undefined {
  const places = currencyPlaces(currency);
  const match = DECIMAL.exec(decimal);
  if (places === undefined || !match) return undefined;
  const [, sign = '', whole = '', fraction = ''] = match;
  const rest = fraction.slice(places);
  if (!/[1-9]/.test(rest)) return undefined;
  const kept = BigInt(whole + fraction.slice(0, places));
  const half = `5${'0'.repeat(rest.length - 1)}`;
  const up = rest > half || (rest === half && kept % 2n === 1n);
  const digits = (up ? kept + 1n : kept).toString().padStart(places + 1, '0');
  return places === 0 ? sign + digits : `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}
