import { describe, expect, it } from 'vitest';
import { Law } from './law';
import { BREAKS, type Break, legsOf, plantedBreak } from './legs';
import type { Payment } from './payment';

const law = new Law({ seed: 1, meanRate: 25 });
const payments: Payment[] = [];
const from = Date.parse('2026-11-20T12:00:00+08:00') / 1000;
for (let second = from; second < from + 600; second++) payments.push(...law.payments(second));
const sound = payments.filter((payment) => plantedBreak(law, payment) === undefined);

describe('legs', () => {
  it('of a sound payment agree on the amount, one a party, and nobody ends before it starts', () => {
    const unsound = sound.filter((payment) => {
      const legs = legsOf(law, payment);
      const agree = legs.every((leg) => leg.amountMinor === payment.amountMinor && leg.startedMs <= leg.endedMs && leg.valueDays === 0);
      return !agree || new Set(legs.map(({ party }) => party)).size !== legs.length;
    });
    expect(unsound).toEqual([]);
  });

  it('of a succeeded cleared payment are recorded by every party, the payer before the payee', () => {
    const succeeded = sound.filter(({ status, route }) => status === 'succeeded' && route === 'cleared');
    const incomplete = succeeded.filter((payment) => {
      const legs = legsOf(law, payment);
      const recorded = legs.map(({ institution }) => institution);
      const parties = [payment.payer, payment.payee, payment.intermediary].filter((party) => party !== undefined);
      const clearing = legs.find(({ party }) => party === 'clearing');
      const debit = legs.find(({ party }) => party === 'payer_bank');
      const credit = legs.find(({ party }) => party === 'payee_bank');
      return (
        !parties.every((party) => recorded.includes(party)) ||
        clearing?.startedMs !== payment.acceptedMs ||
        clearing.endedMs !== payment.respondedMs ||
        (debit !== undefined && credit !== undefined && debit.endedMs >= credit.startedMs)
      );
    });
    expect(succeeded.length).toBeGreaterThan(1_000);
    expect(incomplete).toEqual([]);
  });

  it('of a direct payment are not recorded by the clearing institution', () => {
    const direct = payments.filter(({ route }) => route === 'direct');
    expect(direct.length).toBeGreaterThan(10);
    for (const payment of direct) expect(legsOf(law, payment).some(({ party }) => party === 'clearing')).toBe(false);
  });

  it('carry every kind of planted break, rarely, and each is what the truth says', () => {
    const seen = new Map<Break, number>();
    for (const payment of payments) {
      const planted = plantedBreak(law, payment);
      if (!planted) continue;
      seen.set(planted, (seen.get(planted) ?? 0) + 1);
      const legs = legsOf(law, payment);
      const parties = new Set(legs.map(({ party }) => party));
      if (planted === 'amount') expect(legs.filter(({ amountMinor }) => amountMinor !== payment.amountMinor)).toHaveLength(1);
      if (planted === 'duplicate') expect(legs.length).toBe(parties.size + 1);
      if (planted === 'value-date') expect(legs.filter(({ valueDays }) => valueDays === 1)).toHaveLength(1);
      if (planted === 'status') expect(legs.filter(({ status }) => status === 'failed' || status === 'reversed')).toHaveLength(1);
      expect(legs.some(({ party }) => party === 'clearing')).toBe(true);
    }
    expect([...seen.keys()].sort()).toEqual([...BREAKS].sort());
    expect([...seen.values()].reduce((sum, n) => sum + n, 0) / payments.length).toBeLessThan(0.006);
  });
});
