/**
 * A 12-digit bank code of the national payment system (行号): bank class 3, place 4, serial 4, check digit 1.
 * The check digit is that of ISO 7064 MOD 11,10 over all twelve digits.
 */
export function isCnapsNumber(text: string): boolean {
  if (!/^\d{12}$/.test(text)) return false;
  let product = 10;
  for (let i = 0; i < 11; i++) {
    product = (((product + Number(text[i])) % 10 || 10) * 2) % 11;
  }
  return (product + Number(text[11])) % 10 === 1;
}

/** The kind of bank that a class code (the first three digits) stands for; undefined for classes that are not in use. */
export function bankCategory(classCode: string): 'state' | 'joint' | 'city' | 'rural' | 'foreign' | 'other' | undefined {
  const number = /^\d{3}$/.test(classCode) ? Number(classCode) : Number.NaN;
  if ([102, 103, 104, 105, 301, 403].includes(number)) return 'state';
  if ((number >= 302 && number <= 310) || [315, 316, 318].includes(number)) return 'joint';
  if ([313, 319, 401].includes(number)) return 'city';
  if ([314, 317, 320, 322, 402].includes(number)) return 'rural';
  if (number >= 500 && number < 800) return 'foreign';
  return number >= 1 && number < 1000 ? 'other' : undefined;
}
