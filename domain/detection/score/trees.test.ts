import fc from 'fast-check';
import { expect, it } from 'vitest';
import { randomOf } from '../measure/random';
import { bitOf, TYPOLOGIES, TYPOLOGY_SETTINGS } from '../typologies/typology';
import { compiledLogOdds, compiledTrees, contributions, logOdds, sigmoid } from './boosted-trees';
import { trainTrees } from './train-trees';
import { weightedParts, weightedScore } from './weighted-score';

const random = randomOf(4);
const ROWS = 3_000;
const values = Float32Array.from({ length: ROWS * 3 }, random);
// Neither of the first two features tells anything by itself; the third is noise.
const labels = Uint8Array.from({ length: ROWS }, (_, row) =>
  (values[row * 3] as number) > 0.5 !== (values[row * 3 + 1] as number) > 0.5 ? 1 : 0,
);
const settings = { trees: 60, leaves: 8, rate: 0.2, leafWeightMin: 1, shrink: 1, rowShare: 0.8, featureShare: 1, seed: 1 };
const model = trainTrees({ width: 3, values, labels, weights: new Float32Array(ROWS).fill(1) }, settings);

it('boosted trees learn what no single feature says, on rows that they never saw', () => {
  let right = 0;
  for (let i = 0; i < 1_000; i++) {
    const row = [random(), random(), random()];
    const truth = (row[0] as number) > 0.5 !== (row[1] as number) > 0.5;
    if (sigmoid(logOdds(model, row)) > 0.5 === truth) right++;
  }
  expect(right).toBeGreaterThan(950);
});

it('base and contributions of the features add up to the log-odds of every row, as does the model laid out for speed', () => {
  fc.assert(
    fc.property(fc.array(fc.float({ noNaN: true, min: 0, max: 1 }), { minLength: 3, maxLength: 3 }), (row) => {
      const { base, byFeature } = contributions(model, row);
      expect(compiledLogOdds(compiledTrees(model), Float32Array.from(row))).toBeCloseTo(logOdds(model, Float32Array.from(row)), 10);
      expect(base + byFeature.reduce((sum, one) => sum + one, 0)).toBeCloseTo(logOdds(model, row), 8);
    }),
  );
});

it('the same rows and seed give the same model', () => {
  const again = trainTrees({ width: 3, values, labels, weights: new Float32Array(ROWS).fill(1) }, settings);
  expect(again).toEqual(model);
});

it('the weighted score is within 0 and 1, grows with every mark, and its parts add up to it', () => {
  fc.assert(
    fc.property(fc.nat(2 ** TYPOLOGIES.length - 1), fc.constantFrom(...TYPOLOGIES), (marks, more) => {
      const score = weightedScore(marks, TYPOLOGY_SETTINGS);
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThan(1);
      expect(weightedScore(marks | bitOf(more), TYPOLOGY_SETTINGS)).toBeGreaterThanOrEqual(score);
      const parts = weightedParts(marks, TYPOLOGY_SETTINGS);
      expect(parts.reduce((sum, { adds }) => sum + adds, 0)).toBeCloseTo(score, 10);
    }),
  );
});
