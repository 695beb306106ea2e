import { businessStamp } from './business-time';
import { hash } from './random';
import { STREAM } from './streams';

const PLACES = 7;
/** Refunds count from here within a second, other payments from 0. */
export const FIRST_REFUND_INDEX = 9_000_000;

/** The clearing institution's transaction id: business time, two digits that tell seeds apart, position within the second. */
export function transactionId(input: { seed: number; second: number; index: number }): string {
  const tag = String(hash(input.seed, STREAM.identifiers, 0) % 100).padStart(2, '0');
  return businessStamp(input.second) + tag + String(input.index).padStart(PLACES, '0');
}

/** A UUID (version 4 in form) from a payment's salt. */
export function uuidOf(seed: number, salt: number, second: number): string {
  const hex = (n: number) =>
    hash(seed, STREAM.identifiers, salt, second + n * 0x1000)
      .toString(16)
      .padStart(8, '0');
  const [a, b, c, d] = [hex(1), hex(2), hex(3), hex(4)];
  const variant = ((Number.parseInt(c[0] as string, 16) & 3) | 8).toString(16);
  return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-${variant}${c.slice(1, 4)}-${c.slice(4)}${d}`;
}
