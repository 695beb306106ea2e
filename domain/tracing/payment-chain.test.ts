import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LEG_GRACE_MS, paymentChain } from './payment-chain';
import { CLOCK_TOLERANCE_MS } from './payment-chain-breaks';
import { fieldCompleteness, type TraceableFields } from './payment-chain-fields';
import type { ChainLeg, ChainPayment } from './payment-chain-records';

const T = Date.parse('2026-11-23T01:14:06.118Z');
const LATER = T + LEG_GRACE_MS;
const payment: ChainPayment = {
  status: 'succeeded',
  route: 'cleared',
  amountMinor: 47_820_000n,
  currency: 'CNY',
  acceptedAtMs: T,
  payer: { id: 1, kind: 'bank' },
  intermediary: { id: 2, kind: 'payment' },
  payee: { id: 4, kind: 'bank' },
  wentBack: false,
};

function leg(party: ChainLeg['party'], from: number, to: number, changes: Partial<ChainLeg> = {}): ChainLeg {
  const institutionId = { payer_bank: 1, payment_institution: 2, clearing: 3, payee_bank: 4 }[party];
  const status = { payer_bank: 'debited', payment_institution: 'succeeded', clearing: 'succeeded', payee_bank: 'credited' }[party];
  return {
    party,
    institutionId,
    reporterId: institutionId,
    serial: `${party}-1`,
    startedAtMs: T + from,
    endedAtMs: T + to,
    postedAtMs: T + to,
    valueDate: '2026-11-23',
    amountMinor: 47_820_000n,
    currency: 'CNY',
    status: status as ChainLeg['status'],
    ...changes,
  };
}
/** One span a party, from request to answer, as most platforms record it. */
const nested = [leg('payment_institution', 0, 1284), leg('clearing', 38, 1206), leg('payer_bank', 140, 368), leg('payee_bank', 560, 1070)];
const change = (party: ChainLeg['party'], changes: Partial<ChainLeg>) =>
  nested.map((one) => (one.party === party ? { ...one, ...changes } : one));
const breaksOf = (legs: readonly ChainLeg[], of: Partial<ChainPayment> = {}, asOf = LATER) =>
  paymentChain({ ...payment, ...of }, legs, asOf).breaks.map(({ kind, party }) => `${kind} ${party}`);

describe('hops', () => {
  test('spans that enclose others and stretches one after the other are the same passing from party to party', () => {
    const stretches = [
      leg('payment_institution', 0, 38, { serial: 'a' }),
      leg('clearing', 38, 140, { serial: 'b', postedAtMs: null }),
      leg('payer_bank', 140, 368),
      leg('clearing', 368, 560, { serial: 'c' }),
      leg('payee_bank', 560, 1070),
      leg('clearing', 1070, 1206, { serial: 'd', postedAtMs: null }),
      leg('payment_institution', 1206, 1284, { serial: 'e', postedAtMs: null }),
    ];
    const told = (legs: readonly ChainLeg[]) => {
      const { hops, segments } = paymentChain(payment, legs, LATER);
      return { hops, work: segments.map(({ party, fromMs, toMs }) => ({ party, fromMs, toMs })) };
    };
    expect(told(nested)).toEqual(told(stretches));
    expect(told(nested).hops.map(({ from, to }) => `${from}>${to}`)).toEqual([
      'payment_institution>clearing',
      'clearing>payer_bank',
      'payer_bank>clearing',
      'clearing>payee_bank',
      'payee_bank>clearing',
      'clearing>payment_institution',
    ]);
    expect(breaksOf(stretches)).toEqual([]);
  });

  test('the time inside a party never counts twice: work of nested spans adds up to the outer span', () => {
    const offset = fc.integer({ min: 0, max: 300 });
    fc.assert(
      fc.property(offset, offset, offset, offset, offset, offset, (a, b, c, d, e, f) => {
        const at = [0, a, a + b, a + b + c, a + b + c + d, a + b + c + d + e, a + b + c + d + e + f] as const;
        const legs = [leg('clearing', at[0], at[6] + 1), leg('payer_bank', at[1], at[2]), leg('payee_bank', at[4], at[5])];
        const { segments } = paymentChain({ ...payment, intermediary: null }, legs, LATER);
        expect(segments.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0)).toBe(at[6] + 1);
        for (const { fromMs, toMs } of segments) expect(toMs).toBeGreaterThanOrEqual(fromMs);
      }),
    );
  });

  test('a hop is asserted by both ends, by one, or only inferred', () => {
    expect(paymentChain(payment, nested, LATER).hops.map(({ assertedBy }) => assertedBy)).toEqual(Array(6).fill('both'));
    const byClearing = change('payee_bank', { reporterId: 3 });
    expect(paymentChain(payment, byClearing, LATER).hops.map(({ assertedBy }) => assertedBy)).toEqual([
      'both',
      'both',
      'both',
      'one',
      'one',
      'both',
    ]);
    const without = nested.filter(({ party }) => party !== 'payee_bank');
    const inferred = paymentChain(payment, without, LATER).hops.filter(({ assertedBy }) => assertedBy === 'inferred');
    expect(inferred.map(({ from, to, leftMs }) => `${from}>${to} ${leftMs}`)).toEqual([
      'clearing>payee_bank null',
      'payee_bank>clearing null',
    ]);
    expect(paymentChain(payment, [], LATER).hops.every(({ assertedBy }) => assertedBy === 'inferred')).toBe(true);
  });
});

describe('breaks', () => {
  test('each disagreement is one break at the party that disagrees', () => {
    expect(breaksOf(change('payee_bank', { amountMinor: 47_818_000n }))).toEqual(['amount payee_bank']);
    expect(breaksOf(change('payer_bank', { currency: 'USD' }))).toEqual(['currency payer_bank']);
    expect(breaksOf(change('payee_bank', { status: 'failed', postedAtMs: null }))).toEqual(['status payee_bank']);
    expect(breaksOf(change('payee_bank', { valueDate: '2026-11-24' }))).toEqual(['date-cut payee_bank']);
    expect(breaksOf(nested.filter(({ party }) => party !== 'payer_bank'))).toEqual(['missing payer_bank']);
    expect(breaksOf([...nested, leg('payee_bank', 700, 1200, { serial: 'again' })])).toEqual(['duplicate payee_bank']);
    expect(breaksOf(change('payer_bank', { postedAtMs: T + 1070 + CLOCK_TOLERANCE_MS + 1 }))).toEqual(['order payee_bank']);
  });

  test('the amount at fault says by how much, to the minor unit', () => {
    const [wrong] = paymentChain(payment, change('payee_bank', { amountMinor: 47_818_000n }), LATER).breaks;
    expect(wrong).toEqual({
      party: 'payee_bank',
      institutionId: 4,
      kind: 'amount',
      serial: 'payee_bank-1',
      recordedMinor: 47_818_000n,
      differenceMinor: -2_000n,
    });
  });

  test('a debit kept for a payment that was declined is a break, one that was taken back is not', () => {
    const declined = { status: 'declined' } as const;
    const unpaid = nested.filter(({ party }) => party !== 'payee_bank');
    const recorded = (status: ChainLeg['status']) =>
      unpaid.map((one) => ({ ...one, status: one.party === 'payer_bank' ? status : 'declined' }) as ChainLeg);
    expect(breaksOf(recorded('debited'), declined)).toEqual(['status payer_bank']);
    expect(breaksOf(recorded('reversed'), declined)).toEqual([]);
  });

  test('silent: records that agree, whichever direct or cleared, with or without a payment institution', () => {
    expect(breaksOf(nested)).toEqual([]);
    expect(breaksOf([leg('payer_bank', 0, 90), leg('payee_bank', 100, 190)], { route: 'direct', intermediary: null })).toEqual([]);
    const wallet = { payee: { id: 2, kind: 'payment' }, intermediary: null } as const;
    expect(
      breaksOf(
        nested.filter(({ party }) => party !== 'payee_bank'),
        wallet,
      ),
    ).toEqual([]);
  });

  test('silent: a record that may still come, a payment nobody records, and parties a declined payment never reached', () => {
    const partial = nested.filter(({ party }) => party !== 'payee_bank');
    expect(breaksOf(partial, {}, T + LEG_GRACE_MS - 1)).toEqual([]);
    expect(breaksOf([])).toEqual([]);
    expect(breaksOf([leg('clearing', 0, 9, { status: 'declined' })], { status: 'declined' })).toEqual([]);
    const external = { payee: { id: 4, kind: 'external' } } as const;
    expect(breaksOf(partial, external)).toEqual([]);
  });

  test('silent: clocks within their tolerance, a second reporter of the same leg, and a leg written before the outcome was known', () => {
    expect(breaksOf(change('payer_bank', { postedAtMs: T + 1070 + CLOCK_TOLERANCE_MS }))).toEqual([]);
    expect(breaksOf([...nested, leg('payee_bank', 561, 1069, { reporterId: 3 })])).toEqual([]);
    expect(breaksOf(change('payer_bank', { status: 'unknown', postedAtMs: null }))).toEqual([]);
    expect(breaksOf(change('payer_bank', { status: 'reversed' }), { wentBack: true })).toEqual([]);
  });

  test('silent: every party books the payment on the next day', () => {
    expect(breaksOf(nested.map((one) => ({ ...one, valueDate: '2026-11-24' })))).toEqual([]);
  });

  test('records that agree give no break in whatever order they arrive', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(nested, { minLength: 4 }), (legs) => {
        expect(breaksOf(legs)).toEqual([]);
      }),
    );
  });
});

describe('mandatory fields', () => {
  const none: TraceableFields = {
    endToEndId: null,
    uetr: null,
    sessionNo: null,
    systemCode: null,
    businessCode: null,
    initiatedAt: null,
    respondedAt: null,
    agreementNo: null,
    merchantId: null,
    terminalId: null,
    merchantCategory: null,
    barcodeTier: null,
    originalTransactionKey: null,
  };

  test('a barcode payment must name its terminal, a refund what it refunds', () => {
    const about = { route: 'direct', status: 'unknown' } as const;
    expect(fieldCompleteness({ ...about, businessType: 'barcode' }, none).missing).toContain('terminalId');
    expect(fieldCompleteness({ ...about, businessType: 'refund' }, none).missing).toContain('originalTransactionKey');
    expect(fieldCompleteness({ ...about, businessType: 'transfer' }, none).missing).toEqual(['reference', 'initiatedAt']);
  });

  test('either an end-to-end id or a UETR is a reference; what an unanswered payment cannot have is not asked of it', () => {
    const fields = { ...none, uetr: '3f1c8e0a-0000-4000-8000-000000009b27', initiatedAt: new Date(T) };
    expect(fieldCompleteness({ businessType: 'transfer', route: 'direct', status: 'unknown' }, fields)).toEqual({
      required: 13,
      present: 13,
      missing: [],
    });
    expect(fieldCompleteness({ businessType: 'transfer', route: 'cleared', status: 'failed' }, fields)).toEqual({
      required: 16,
      present: 13,
      missing: ['sessionNo', 'respondedAt', 'systemCode'],
    });
  });
});
