import fc from 'fast-check';
import { expect, it } from 'vitest';
import { averagePrecision, bootstrapIntervals, precisionAt, ranked } from './ranking';

it('average precision and precision at k of a ranking worked out by hand', () => {
  const ranking = ranked([0.9, 0.8, 0.7, 0.6, 0.5], [1, 0, 1, 0, 0]);
  expect(averagePrecision(ranking)).toBeCloseTo((1 / 1 + 2 / 3) / 2, 12);
  expect(precisionAt(ranking, 2)).toBe(0.5);
  expect(precisionAt(ranking, 3)).toBeCloseTo(2 / 3, 12);
});

it('where all scores are equal the ranking is worth what chance is worth, whatever the order of rows', () => {
  const planted = [1, 0, 0, 0, 1, 0, 0, 0, 0, 0];
  const ranking = ranked(new Array(10).fill(0.3), planted);
  expect(averagePrecision(ranking)).toBeCloseTo(0.2, 12);
  expect(precisionAt(ranking, 5)).toBeCloseTo(0.2, 12);
});

it('the order of rows never matters, and weights count rows several times', () => {
  const rows = fc.array(fc.record({ score: fc.nat(5), planted: fc.nat(1), weight: fc.nat(3) }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(rows, (given) => {
      const of = (all: typeof given) => {
        const order = all.toSorted((a, b) => b.score - a.score);
        return [
          ranked(
            order.map(({ score }) => score),
            order.map(({ planted }) => planted),
          ),
          order.map(({ weight }) => weight),
        ] as const;
      };
      const [ranking, weights] = of(given);
      const [turned, turnedWeights] = of(given.toReversed());
      const [repeated] = of(given.flatMap((row) => new Array(row.weight).fill(row)));
      const area = averagePrecision(ranking, weights);
      if (area === null) expect(averagePrecision(repeated)).toBeNull();
      else {
        expect(area).toBeCloseTo(averagePrecision(turned, turnedWeights) as number, 10);
        expect(area).toBeCloseTo(averagePrecision(repeated) as number, 10);
      }
    }),
  );
});

it('an interval holds the value, and is repeatable', () => {
  const scores = Array.from({ length: 400 }, (_, i) => 400 - i);
  const planted = scores.map((_, i) => (i % 7 === 0 && i < 200 ? 1 : 0));
  const ranking = ranked(scores, planted);
  const groups = Int32Array.from(scores, (_, i) => i);
  const once = () => bootstrapIntervals(ranking, groups, [averagePrecision], { rounds: 100, seed: 3 });
  const value = averagePrecision(ranking) as number;
  expect(once()[0]?.low).toBeLessThan(value);
  expect(once()[0]?.high).toBeGreaterThan(value);
  expect(once()).toEqual(once());
});
