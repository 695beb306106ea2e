import { expect, test } from 'vitest';
import { throughputPoints } from './throughput-points';

const from = new Date('2026-11-23T08:00:00Z');
const at = (minutes: number) => new Date(from.getTime() + minutes * 60_000);
const base = { range: { from, to: at(20) }, stepMs: 300_000, before: null, beforeShiftMs: 0, band: null };

test('steps without payments are zero, steps the data has not reached are unknown', () => {
  const points = throughputPoints({ ...base, dataAt: at(10), now: [{ at: at(5), payments: 600 }] });
  expect(points.map((point) => point.now)).toEqual([0, 2, null, null]);
});

test('the step still filling is divided by the time it has had, once it has had enough', () => {
  const now = [{ at: at(10), payments: 240 }];
  expect(throughputPoints({ ...base, dataAt: at(12), now })[2]?.now).toBe(2);
  expect(throughputPoints({ ...base, dataAt: at(11), now })[2]?.now).toBeNull();
});

test('what is compared with, and the band, are in the same unit and place', () => {
  const week = 7 * 86_400_000;
  const points = throughputPoints({
    ...base,
    dataAt: at(20),
    now: [],
    before: [{ at: new Date(at(5).getTime() - week), payments: 300 }],
    beforeShiftMs: week,
    band: [{ position: 1, low: 150, high: 450 }],
  });
  expect(points[1]).toEqual({ at: at(5).getTime(), now: 0, before: 1, low: 0.5, high: 1.5 });
  expect(points[0]).toMatchObject({ before: 0, low: null, high: null });
});
