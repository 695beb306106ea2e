import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { busiestAxes, onAxes } from './axes';
import { changeOf } from './change';
import { cr5, hhi } from './concentration';
import { changeStep, depthOf, depthScale } from './depth';
import { lineOrder } from './line-order';
import { clampSelection, formatSelection, parseSelection, spanned } from './selection';

describe('concentration', () => {
  it('is 10,000 where one holds all and 10,000 / n where n hold the same', () => {
    expect(hhi([7n])).toBe(10_000);
    expect(hhi([5n, 5n, 5n, 5n])).toBe(2500);
    expect(hhi([])).toBeNull();
    expect(hhi([0n, 0n])).toBeNull();
  });

  it('counts the five largest', () => {
    expect(cr5([1n, 1n, 1n, 1n, 1n, 1n, 1n, 1n, 1n, 1n])).toBe(0.5);
    expect(cr5([3n])).toBe(1);
  });

  it('stays exact for amounts beyond a double', () => {
    const year = 9_000_000_000_000_000_001n;
    expect(hhi([year, year])).toBe(5000);
  });
});

describe('the depth scale', () => {
  it('has whole decades as its ends and holds every value but stray small ones', () => {
    const scale = depthScale([...Array(99).fill(250_000n), 7_000_000_000n]);
    expect(scale).toEqual({ from: 100_000n, to: 10_000_000_000n });
    expect(depthOf(250_000, scale)).toBe(1);
    expect(depthOf(7_000_000_000, scale)).toBe(10);
    expect(depthOf(0, scale)).toBe(0);
  });

  it('is deeper for more and never leaves its steps', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: 1n, max: 10n ** 16n }), { minLength: 1, maxLength: 50 }), (values) => {
        const scale = depthScale(values);
        const steps = [...values].sort((a, b) => (a < b ? -1 : 1)).map((value) => depthOf(Number(value), scale));
        expect(steps.every((step, i) => step >= 1 && step <= 10 && (i === 0 || step >= (steps[i - 1] as number)))).toBe(true);
      }),
    );
  });

  it('steps a change symmetrically', () => {
    expect([0.01, 0.05, 0.2, 0.3, 0.7, 3].map(changeStep)).toEqual([0, 1, 2, 3, 4, 5]);
    expect([-0.01, -0.05, -1].map(changeStep).map((step) => step + 0)).toEqual([0, -1, -5]);
    expect(changeStep(null)).toBe(0);
  });
});

describe('change', () => {
  it('is without bound where there was nothing before, and none of nothing', () => {
    expect(changeOf(5n, 0n)).toBe(Number.POSITIVE_INFINITY);
    expect(changeStep(changeOf(5n, 0n))).toBe(5);
    expect(changeOf(0n, 0n)).toBeNull();
    expect(changeOf(103n, 100n)).toBeCloseTo(0.03);
    expect(changeOf(0n, 100n)).toBe(-1);
  });
});

describe('axes', () => {
  it('open with the kinds that have the most payments', () => {
    const traffic = [
      { payer: 'bank', payee: 'payment', payments: 70n },
      { payer: 'payment', payee: 'bank', payments: 30n },
    ] as const;
    expect(busiestAxes(traffic)).toBe('bank-payment');
    expect(busiestAxes([{ payer: 'external', payee: 'external', payments: 9n }])).toBe('all');
    expect(busiestAxes([])).toBe('all');
    expect(onAxes('bank-payment', 'payment', 'bank')).toBe(false);
  });
});

describe('order of lines', () => {
  const line = (name: string, amount: bigint, before: bigint, folded = false) => ({
    name,
    category: 0,
    amount,
    endedAmount: amount,
    beforeAmount: before,
    folded,
  });
  const lines = [line('乙', 9n, 9n), line('甲', 5n, 1n), line('丙', 3n, 0n), line('其余', 99n, 1n, true)];

  it('keeps the folded rest last and what is new before what has changed', () => {
    const collator = new Intl.Collator('zh-CN');
    expect(lineOrder(lines, 'amount', collator)).toEqual([0, 1, 2, 3]);
    expect(lineOrder(lines, 'change', collator)).toEqual([2, 1, 0, 3]);
    expect(lineOrder(lines, 'name', collator).at(-1)).toBe(3);
  });
});

describe('a selection', () => {
  it('survives the address bar, counted from one', () => {
    expect(formatSelection({ r0: 2, r1: 13, c0: 4, c1: 41 })).toBe('3-14.5-42');
    expect(parseSelection('3-14.5-42')).toEqual({ r0: 2, r1: 13, c0: 4, c1: 41 });
  });

  it('is nothing where the address says nonsense', () => {
    for (const text of ['', '0-1.1-2', '5-2.1-2', '1-2', 'a-b.c-d', null]) expect(parseSelection(text)).toBeUndefined();
  });

  it('is cut to the matrix it lies on', () => {
    expect(clampSelection({ r0: 2, r1: 99, c0: 0, c1: 0 }, { rows: 5, columns: 5 })).toEqual({ r0: 2, r1: 4, c0: 0, c1: 0 });
    expect(clampSelection({ r0: 7, r1: 9, c0: 0, c1: 0 }, { rows: 5, columns: 5 })).toBeUndefined();
    expect(spanned({ r: 4, c: 1 }, { r: 2, c: 6 })).toEqual({ r0: 2, r1: 4, c0: 1, c1: 6 });
  });
});
