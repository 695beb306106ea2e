import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AliasTable } from './alias-table';
import { businessStamp, businessTime } from './business-time';
import { DAY_SECONDS } from './calendar';
import { Law } from './law';
import { Random } from './random';
import { Refunds } from './refunds';

const seeds = fc.integer({ min: 0, max: 0x7fffffff });
const seconds = fc.integer({ min: Date.parse('2024-01-01') / 1000, max: Date.parse('2030-01-01') / 1000 });

describe('for any seed and any second', () => {
  it('payments and refunds are repeatable, uniquely named and in order', () => {
    fc.assert(
      fc.property(seeds, seconds, (seed, second) => {
        const made = () => {
          const law = new Law({ seed, meanRate: 10 });
          return [...law.payments(second), ...new Refunds(law).at(second)];
        };
        const payments = made();
        expect(made()).toEqual(payments);
        expect(new Set(payments.map(({ id }) => id)).size).toBe(payments.length);
        for (const { initiatedMs, acceptedMs, reportedMs, amountMinor } of payments) {
          expect(initiatedMs <= acceptedMs && acceptedMs <= reportedMs && amountMinor > 0).toBe(true);
          expect(Math.floor(acceptedMs / 1000)).toBe(second);
        }
      }),
      { numRuns: 12 },
    );
  });

  it('a disturbance begins on its own day, ends, and names an institution of the country', () => {
    fc.assert(
      fc.property(seeds, seconds, (seed, second) => {
        const law = new Law({ seed, meanRate: 1 });
        const codes = new Set(law.institutions.map(({ code }) => code));
        const day = Math.floor((second + 8 * 3600) / DAY_SECONDS);
        for (const { institution, from, to } of law.disturbances.ofDay(day)) {
          expect(codes.has(institution)).toBe(true);
          expect(Math.floor((from + 8 * 3600) / DAY_SECONDS)).toBe(day);
          expect(to > from && from % 60 === 0 && to % 60 === 0 && to - from < DAY_SECONDS).toBe(true);
        }
      }),
      { numRuns: 12 },
    );
  });

  it('times are written so that they are read back exactly', () => {
    fc.assert(
      fc.property(seconds, fc.integer({ min: 0, max: 999 }), (second, ms) => {
        expect(Date.parse(businessTime(second * 1000 + ms))).toBe(second * 1000 + ms);
        expect(businessStamp(second)).toBe(
          businessTime(second * 1000)
            .slice(0, 19)
            .replace(/[-T:]/g, ''),
        );
      }),
    );
  });
});

describe('drawing', () => {
  it('gives each index its share', () => {
    const weights = [5, 1, 0, 3, 0.5, 10];
    const table = new AliasTable(weights);
    const random = new Random().at(1, 2, 3);
    const drawn = weights.map(() => 0);
    for (let n = 0; n < 200_000; n++) {
      const index = table.draw(random.unit());
      drawn[index] = (drawn[index] as number) + 1;
    }
    for (const [index, weight] of weights.entries()) expect((drawn[index] as number) / 200_000).toBeCloseTo(weight / 19.5, 2);
  });

  it('has the mean that was asked for, small and large', () => {
    const random = new Random().at(9, 9, 9);
    for (const mean of [0.02, 0.7, 12, 59, 61, 20_000]) {
      let sum = 0;
      for (let n = 0; n < 20_000; n++) sum += random.poisson(mean);
      expect(Math.abs(sum / 20_000 - mean)).toBeLessThan(5 * Math.sqrt(mean / 20_000) + 1e-9);
    }
  });
});
