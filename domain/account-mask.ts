/** "6222021234561182" → "6222 **** **** 1182"; shorter numbers keep their last four or less, never more than half. */
export function maskAccount(number: string): string {
  const tail = lastDigits(number);
  if (number.length >= 12) return `${number.slice(0, 4)} **** **** ${tail}`;
  return `**** ${tail}`;
}

/** The last four characters, or the last half of a number shorter than eight. */
export function lastDigits(number: string): string {
  return number.slice(-Math.min(4, Math.max(1, Math.floor(number.length / 2))));
}
