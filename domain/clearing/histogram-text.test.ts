import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sumOfHistogramTexts } from './histogram-text';
import { histogramCount, type LatencyHistogram, mergeHistograms } from './latency-histogram';

test('histograms read as text add up to what they add up to as numbers, whatever their lengths', () => {
  const histogram = fc.array(fc.nat(2 ** 31 - 1), { maxLength: 140 });
  fc.assert(
    fc.property(fc.array(histogram, { maxLength: 8 }), (histograms) => {
      const sum = sumOfHistogramTexts(histograms.map((one) => `{${one.join(',')}}`).join(''));
      const expected = histograms.reduce<LatencyHistogram>(mergeHistograms, []);
      expect(mergeHistograms(sum, [])).toEqual(
        mergeHistograms(
          expected,
          Array.from({ length: sum.length }, () => 0),
        ),
      );
      expect(histogramCount(sum)).toBe(histogramCount(expected));
    }),
  );
});
