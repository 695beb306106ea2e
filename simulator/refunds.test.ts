import { describe, expect, it } from 'vitest';
import { Law } from './law';
import type { Payment } from './payment';
import { Refunds } from './refunds';

const law = new Law({ seed: 1, meanRate: 30 });
const refunds = new Refunds(law);
const from = Date.parse('2026-11-20T12:00:00+08:00') / 1000;
const SECONDS = 900;
const given: Payment[] = [];
for (let second = from; second < from + SECONDS; second++) given.push(...refunds.at(second));

function originalOf(refund: Payment): Payment {
  const [, year, month, day, hour, minute, second, index] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)\d\d(\d{7})$/.exec(
    refund.originalId as string,
  ) as RegExpExecArray;
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}+08:00`) / 1000;
  return law.payment({ second: at, index: Number(index), count: law.count(at) }) as Payment;
}

describe('refunds', () => {
  it('are there, and are the same when asked for again in another order', () => {
    expect(given.length).toBeGreaterThan(100);
    const again: Payment[] = [];
    const other = new Refunds(new Law({ seed: 1, meanRate: 30 }));
    for (let second = from + SECONDS - 1; second >= from; second--) again.unshift(...other.at(second));
    expect(again).toEqual(given);
  });

  it('give back an earlier payment that succeeded, to the account that paid it', () => {
    for (const refund of given) {
      const original = originalOf(refund);
      expect(original.id).toBe(refund.originalId);
      expect(original.status).toBe('succeeded');
      expect(original.respondedMs as number).toBeLessThan(refund.initiatedMs);
      expect([refund.payee, refund.payeeAccount]).toEqual([original.payer, original.payerAccount]);
      expect([refund.payer, refund.payerAccount]).toEqual([original.payee, original.payeeAccount]);
    }
  });

  it('never give back more than was paid, all parts together', () => {
    // Four days at a low rate, so that both parts of many a refund fall into it.
    const quiet = new Law({ seed: 3, meanRate: 0.3 });
    const all = new Refunds(quiet);
    const start = Date.parse('2026-11-12T00:00:00+08:00') / 1000;
    const paid = new Map<string, number>();
    const back = new Map<string, { minor: number; parts: number }>();
    for (let second = start; second < start + 4 * 86_400; second++) {
      for (const { id, amountMinor } of quiet.payments(second)) paid.set(id, amountMinor);
      for (const { originalId, amountMinor } of all.at(second)) {
        const before = back.get(originalId as string) ?? { minor: 0, parts: 0 };
        back.set(originalId as string, { minor: before.minor + amountMinor, parts: before.parts + 1 });
      }
    }
    let partial = 0;
    for (const [id, { minor, parts }] of back) {
      const original = paid.get(id);
      if (original === undefined) continue;
      expect(minor).toBeLessThanOrEqual(original);
      if (parts > 1) partial++;
    }
    expect(partial).toBeGreaterThan(10);
  });
});
