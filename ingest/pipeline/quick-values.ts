import { currencyPlaces } from '@/domain/currency';

// Values as they usually stand in a line, read straight from its bytes. "No" means: somebody slower decides.

/** Largest number of digits that a double holds exactly, whichever they are. */
const EXACT_DIGITS = 15;
const DAY_MICROS = 86_400_000_000;
const ZERO = 0x30;

/** Whole minor units of an amount of `places` decimal places, or -1: nothing but digits, not zero, exact in a double. */
export function quickMinor(bytes: Buffer, from: number, to: number): number {
  if (to <= from || to - from > EXACT_DIGITS) return -1;
  const minor = quickDigits(bytes, from, to);
  return minor > 0 ? minor : -1;
}

/** Minor units of a decimal in major units, or -1. */
export function quickDecimal(bytes: Buffer, from: number, to: number, places: number): number {
  let point = from;
  while (point < to && bytes[point] !== 0x2e) point++;
  const fraction = to - point - 1;
  if (point === from || point - from + places > EXACT_DIGITS || fraction === 0 || fraction > places) return -1;
  let minor = quickDigits(bytes, from, point);
  if (fraction > 0) {
    const part = quickDigits(bytes, point + 1, to);
    if (part < 0) return -1;
    minor = minor < 0 ? -1 : minor * 10 ** fraction + part;
  }
  return minor > 0 ? minor * 10 ** (places - Math.max(0, fraction)) : -1;
}

/** Decimal places of the currency whose three letters stand at `from`, or -1. */
export function quickPlaces(bytes: Buffer, from: number, to: number): number {
  if (to - from !== 3) return -1;
  const packed = ((bytes[from] as number) << 16) | ((bytes[from + 1] as number) << 8) | (bytes[from + 2] as number);
  let places = placesByLetters.get(packed);
  if (places === undefined) {
    places = currencyPlaces(bytes.toString('latin1', from, to)) ?? -1;
    // Strangers' letters are not remembered.
    if (places >= 0) placesByLetters.set(packed, places);
  }
  return places;
}
const placesByLetters = new Map<number, number>();

/** Reads times; keeps the last day, which most lines of a batch share. */
export class QuickTimes {
  readonly #day = new Uint8Array(10);
  #dayMicros = 0;

  /** Microseconds since 1970, or -1: "2026-11-23T17:46:52", perhaps a fraction of one to six digits, then "Z" or "+08:00". */
  micros(bytes: Buffer, from: number, to: number): number {
    if (to - from < 20 || bytes[from + 10] !== 0x54 || bytes[from + 13] !== 0x3a || bytes[from + 16] !== 0x3a) return -1;
    const hour = twoDigits(bytes, from + 11);
    const minute = twoDigits(bytes, from + 14);
    const second = twoDigits(bytes, from + 17);
    if (!(hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60)) return -1;
    let at = from + 19;
    let fraction = 0;
    if (bytes[at] === 0x2e) {
      let unit = 1_000_000;
      for (at += 1; at < to && isDigit(bytes[at] as number); at++) {
        unit /= 10;
        if (unit < 1) return -1;
        fraction += ((bytes[at] as number) - ZERO) * unit;
      }
      if (unit === 1_000_000) return -1;
    }
    const offset = offsetSeconds(bytes, at, to);
    if (Number.isNaN(offset) || !this.#readDay(bytes, from)) return -1;
    return this.#dayMicros + (hour * 3600 + minute * 60 + second - offset) * 1_000_000 + fraction;
  }

  #readDay(bytes: Buffer, from: number): boolean {
    let same = true;
    for (let i = 0; i < 10; i++) if (this.#day[i] !== bytes[from + i]) same = false;
    if (same) return true;
    const text = bytes.toString('latin1', from, from + 10);
    if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
    const day = new Date(`${text}T00:00:00Z`);
    // A day that the calendar does not have is read as another one, or as none.
    if (Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== text) return false;
    this.#dayMicros = (day.getTime() / 86_400_000) * DAY_MICROS;
    for (let i = 0; i < 10; i++) this.#day[i] = bytes[from + i] as number;
    return true;
  }
}

/** Writes the sixteen bytes of a UUID of RFC 9562 in its usual form; false where it is anything else. */
export function quickUuid(bytes: Buffer, from: number, to: number, out: Buffer, outAt: number): boolean {
  if (to - from !== 36) return false;
  let at = from;
  for (let i = 0; i < 16; i++) {
    if (i === 4 || i === 6 || i === 8 || i === 10) if (bytes[at++] !== 0x2d) return false;
    const high = HEX[bytes[at] as number] as number;
    const low = HEX[bytes[at + 1] as number] as number;
    if ((high | low) > 15) return false;
    out[outAt + i] = (high << 4) | low;
    at += 2;
  }
  const version = (out[outAt + 6] as number) >> 4;
  return version >= 1 && version <= 8 && (out[outAt + 8] as number) >> 6 === 2;
}

const HEX = new Uint8Array(256).fill(255);
for (let digit = 0; digit < 16; digit++) {
  HEX[digit.toString(16).charCodeAt(0)] = digit;
  HEX[digit.toString(16).toUpperCase().charCodeAt(0)] = digit;
}

function quickDigits(bytes: Buffer, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i++) {
    const byte = bytes[i] as number;
    if (!isDigit(byte)) return -1;
    value = value * 10 + (byte - ZERO);
  }
  return value;
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= 0x39;
}

function twoDigits(bytes: Buffer, at: number): number {
  const tens = bytes[at] as number;
  const ones = bytes[at + 1] as number;
  return isDigit(tens) && isDigit(ones) ? (tens - ZERO) * 10 + (ones - ZERO) : -1;
}

/** Seconds ahead of UTC, up to fourteen hours; NaN where it is neither "Z" nor "+08:00". */
function offsetSeconds(bytes: Buffer, at: number, to: number): number {
  const sign = bytes[at];
  if (sign === 0x5a) return to === at + 1 ? 0 : Number.NaN;
  if ((sign !== 0x2b && sign !== 0x2d) || to !== at + 6 || bytes[at + 3] !== 0x3a) return Number.NaN;
  const hours = twoDigits(bytes, at + 1);
  const minutes = twoDigits(bytes, at + 4);
  if (!(hours >= 0 && hours <= 14 && minutes >= 0 && minutes < 60)) return Number.NaN;
  return (sign === 0x2b ? 1 : -1) * (hours * 3600 + minutes * 60);
}
