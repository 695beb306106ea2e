import { describe, expect, it } from 'vitest';
import { businessDay, DAY_CURVE, DAY_SECONDS, dayFactor, sessionAt, ZONE_SECONDS } from './calendar';
import { Law } from './law';
import type { Payment } from './payment';
import { expectedRate } from './volume';

const second = (time: string) => Date.parse(`${time}+08:00`) / 1000;
const paymentsOf = (law: Law, from: string, seconds: number) => {
  const out: Payment[] = [];
  for (let at = second(from); at < second(from) + seconds; at++) out.push(...law.payments(at));
  return out;
};
const noon = paymentsOf(new Law({ seed: 1, meanRate: 12 }), '2026-11-20T12:00:00', 300);

describe('the law of the country', () => {
  it('gives the same payments for the same seed, whatever was asked before', () => {
    const fresh = paymentsOf(new Law({ seed: 1, meanRate: 0.5 }), '2026-11-20T12:00:00', 600);
    const used = new Law({ seed: 1, meanRate: 0.5 });
    paymentsOf(used, '2026-11-11T20:00:00', 30);
    [...used.payments(second('2026-11-20T12:09:59'))];
    expect(paymentsOf(used, '2026-11-20T12:00:00', 600)).toEqual(fresh);
    expect(paymentsOf(new Law({ seed: 2, meanRate: 0.5 }), '2026-11-20T12:00:00', 600)).not.toEqual(fresh);
  });

  it('gives every payment an id of its own', () => {
    expect(new Set(noon.map(({ id }) => id)).size).toBe(noon.length);
  });

  it('follows the day: nights are quiet, and evenings busier than nights by far', () => {
    const law = new Law({ seed: 1, meanRate: 40 });
    const count = (from: string) => Array.from({ length: 1800 }, (_, n) => law.count(second(from) + n)).reduce((sum, n) => sum + n, 0);
    const [night, noonCount, evening] = ['2026-11-20T04:00:00', '2026-11-20T12:00:00', '2026-11-20T20:00:00'].map(count) as [
      number,
      number,
      number,
    ];
    expect(noonCount).toBeGreaterThan(night * 4);
    expect(evening).toBeGreaterThan(night * 5);
    // What is drawn is what the law expects, within a few per cent.
    const expected = Array.from({ length: 1800 }, (_, n) => expectedRate(second('2026-11-20T20:00:00') + n, 40)).reduce(
      (sum, n) => sum + n,
      0,
    );
    expect(evening / expected).toBeGreaterThan(0.9);
    expect(evening / expected).toBeLessThan(1.1);
  });

  it('has the mean rate that was asked for over a week without holidays', () => {
    let sum = 0;
    const from = second('2026-11-16T00:00:00');
    for (let at = from; at < from + 7 * DAY_SECONDS; at += 60) sum += expectedRate(at, 10) * 60;
    expect(sum / (7 * DAY_SECONDS)).toBeGreaterThan(9.8);
    expect(sum / (7 * DAY_SECONDS)).toBeLessThan(10.2);
    expect(DAY_CURVE.reduce((total, value) => total + value, 0)).toBeCloseTo(1440, 6);
  });

  it('knows the sales of November and the quiet of the spring festival', () => {
    const day = (date: string) => businessDay(second(`${date}T12:00:00`));
    expect(dayFactor(day('2026-11-11'))).toBeGreaterThan(1.7);
    expect(dayFactor(day('2026-02-18'))).toBeLessThan(0.85);
  });

  it('keeps times in order: initiated, accepted, responded, reported, resolved', () => {
    const disordered = noon.filter(({ initiatedMs, acceptedMs, respondedMs, reportedMs, resolution, status }) => {
      const times = [initiatedMs, acceptedMs, respondedMs ?? acceptedMs, reportedMs, resolution?.atMs ?? reportedMs];
      return times.some((time, n) => n > 0 && time < (times[n - 1] as number)) || (respondedMs === undefined) !== (status === 'unknown');
    });
    expect(disordered).toEqual([]);
    const accepted = noon.map(({ acceptedMs }) => acceptedMs);
    expect(accepted).toEqual([...accepted].sort((a, b) => a - b));
  });

  it('moves money the way each business type does', () => {
    const law = new Law({ seed: 1, meanRate: 1 });
    const kind = (index: number) => law.institutions[index]?.kind;
    const allowed: Record<string, readonly string[]> = { withdrawal: ['payment>bank'], payout: ['payment>bank'], transfer: ['bank>bank'] };
    const wrong = noon.filter(({ businessType, payer, payee, intermediary }) => {
      const ends = allowed[businessType] ?? ['bank>payment', 'bank>bank'];
      return !ends.includes(`${kind(payer)}>${kind(payee)}`) || (intermediary !== undefined && kind(intermediary) !== 'payment');
    });
    expect(wrong).toEqual([]);
    expect(noon.filter(({ payerAccount, payeeAccount }) => payerAccount === payeeAccount)).toEqual([]);
    expect(
      noon.flatMap(({ payerAccount, payeeAccount }) => [payerAccount, payeeAccount]).filter((account) => !/^9\d{15,18}$/.test(account)),
    ).toEqual([]);
    expect(noon.filter(({ amountMinor }) => !Number.isSafeInteger(amountMinor) || amountMinor <= 0)).toEqual([]);
  });

  it('keeps barcode payments under the limit of their tier', () => {
    const caps = { A: 5_000_000, B: 500_000, C: 100_000, D: 50_000 };
    const barcodes = noon.filter(({ businessType }) => businessType === 'barcode');
    expect(barcodes.length).toBeGreaterThan(100);
    for (const { barcodeTier, amountMinor, merchantId, terminalId, merchantCategory } of barcodes) {
      expect(amountMinor).toBeLessThanOrEqual(caps[barcodeTier as 'A']);
      expect([merchantId, terminalId, merchantCategory]).not.toContain(undefined);
    }
  });

  it('declines, fails and does not know in small shares', () => {
    const law = new Law({ seed: 1, meanRate: 40 });
    const start = second('2026-11-20T00:00:00');
    // Seconds all over the day, so that no single disturbance decides.
    const sample = Array.from({ length: 400 }, (_, n) => [...law.payments(start + n * 216)]).flat();
    const share = (status: string) => sample.filter((payment) => payment.status === status).length / sample.length;
    expect(share('succeeded')).toBeGreaterThan(0.95);
    expect(share('declined')).toBeGreaterThan(0.01);
    expect(share('failed')).toBeLessThan(0.02);
    expect(share('unknown')).toBeLessThan(0.005);
  });

  it('pays directly less and less', () => {
    const law = new Law({ seed: 1, meanRate: 15 });
    const direct = (from: string) => {
      const payments = paymentsOf(law, from, 600);
      return payments.filter(({ route }) => route === 'direct').length / payments.length;
    };
    const [before, after] = [direct('2026-10-25T12:00:00'), direct('2027-02-25T12:00:00')];
    expect(before).toBeGreaterThan(0.01);
    expect(after).toBeLessThan(before / 3);
  });

  it('pays through everybody else while an institution is silent', () => {
    const law = new Law({ seed: 1, meanRate: 40 });
    const day = businessDay(second('2026-11-20T12:00:00'));
    const silence = law.disturbances.ofDay(day).find(({ scenario }) => scenario === 'silence');
    const from = silence?.from as number;
    // A disturbance that came before in the registry may decide for the same institution.
    expect(law.disturbances.at(from).get(silence?.institution as string)?.reroutedShare).toBe(1);
    for (let at = from; at < from + 120; at++) {
      for (const { payer, payee } of law.payments(at)) {
        expect([law.institutions[payer]?.code, law.institutions[payee]?.code]).not.toContain(silence?.institution);
      }
    }
  });

  it('has somebody down, degraded and silent at most times of any day', () => {
    const law = new Law({ seed: 1, meanRate: 1 });
    const start = second('2026-11-20T00:00:00');
    for (const scenario of ['outage', 'degraded', 'silence', 'maintenance']) {
      let minutes = 0;
      for (let minute = 0; minute < 1440; minute++) {
        if ([...law.disturbances.at(start + minute * 60).values()].some((one) => one.scenario === scenario)) minutes++;
      }
      expect(minutes).toBeGreaterThan(500);
    }
  });

  it('numbers twelve sessions a day and closes each before it is final', () => {
    expect(sessionAt(second('2026-11-23T00:00:00')).no).toBe('20261123-01');
    expect(sessionAt(second('2026-11-23T05:59:59')).no).toBe('20261123-03');
    expect(sessionAt(second('2026-11-23T23:59:59')).no).toBe('20261123-12');
    for (let at = second('2026-11-22T00:00:00'); at < second('2026-11-24T00:00:00'); at += 1_777) {
      const { opensAt, closesAt, finalAtMs } = sessionAt(at);
      expect(opensAt <= at && at < closesAt).toBe(true);
      expect(finalAtMs).toBeGreaterThan(closesAt * 1000);
      expect((opensAt + ZONE_SECONDS) % 7_200).toBe(0);
    }
  });
});
