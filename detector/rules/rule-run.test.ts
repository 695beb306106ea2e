import { describe, expect, it } from 'vitest';
import type { Rule } from '@/domain/detection/rules/rule';
import { SHIPPED_RULES } from '@/domain/detection/rules/shipped-rules';
import type { StoredPayment } from '../feed/stored-payment';
import { RuleRun } from './rule-run';

const tierD = SHIPPED_RULES.find(({ id }) => id === 'barcode-tier-d') as Rule;
const DAY = Date.UTC(2026, 10, 20, 4);

function payment(n: number, given: Partial<StoredPayment> = {}): StoredPayment {
  return {
    key: `k${n}`,
    acceptedAtMs: DAY + n * 1_000,
    batchId: '1',
    businessType: 'barcode',
    route: 'cleared',
    status: 'succeeded',
    payerInstitutionId: 1,
    payerAccount: 'payer',
    intermediaryId: null,
    payeeInstitutionId: 2,
    payeeAccount: 'shop',
    amountMinor: 20_000n,
    currency: 'CNY',
    merchantId: 'M1',
    terminalId: 'T1',
    merchantCategory: '5411',
    barcodeTier: 'D',
    ...given,
  };
}

describe('rules over a chunk of payments', () => {
  it('a rule that throws is switched off and named, and the others go on', () => {
    const broken = { ...tierD, id: 'broken', currency: 'XXX' };
    const run = new RuleRun([broken, tierD]);
    const first = run.take([payment(1, { currency: 'XXX' }), payment(2), payment(3), payment(4)]);
    expect(first.faults).toEqual([{ rule: 'broken', version: 1, fault: expect.stringContaining('is no amount') }]);
    expect([...first.hits.values()].map(({ rule, value }) => [rule.id, value])).toEqual([['barcode-tier-d', '60000']]);
    // Once off it is asked no more, and said no more.
    expect(run.take([payment(5, { currency: 'XXX' })]).faults).toEqual([]);
  });

  it('a rule that takes too long is switched off, and the others go on', () => {
    const slow = new Proxy(tierD, {
      get(rule, field) {
        if (field === 'id') return 'slow';
        if (field === 'when') for (const until = process.cpuUsage().user + 3_000; process.cpuUsage().user < until; );
        return Reflect.get(rule, field);
      },
    });
    const run = new RuleRun([slow, tierD]);
    const payments = Array.from({ length: 640 }, (_, n) => payment(n, { amountMinor: 100n }));
    const { faults, tallies } = run.take(payments);
    expect(faults).toEqual([{ rule: 'slow', version: 1, fault: expect.stringMatching(/^took \d+ µs a payment, more than 500 µs$/) }]);
    expect([...tallies.values()].find(({ rule }) => rule === 'barcode-tier-d')?.clear).toBe(500);
    expect(tallies.size).toBe(2);
  });

  it('hits of one subject and day are one, with the sum that was reached and each payment that reached it', () => {
    const { hits } = new RuleRun([tierD]).take([1, 2, 3, 4].map((n) => payment(n)));
    expect([...hits.values()]).toMatchObject([
      { key: 'rule:barcode-tier-d@1:account:payer:2026-11-20', value: '80000', count: 2, amountMinor: 40_000n, outcome: 'violation' },
    ]);
  });

  it('what the feed does not say is counted as not evaluable, never as clear', () => {
    const entity = SHIPPED_RULES.find(({ id }) => id === 'large-value-entity-out') as Rule;
    const { tallies } = new RuleRun([entity]).take([payment(1)]);
    expect([...tallies.values()]).toEqual([{ rule: entity.id, version: 1, day: '2026-11-20', clear: 0, hits: 0, notEvaluable: 1 }]);
  });
});
