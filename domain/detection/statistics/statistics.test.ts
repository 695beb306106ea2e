import { describe, expect, it } from 'vitest';
import { randomOf } from '../measure/random';
import { discoveries, qValues } from './false-discoveries';
import { studentTail, upperTail } from './normal';
import { baselineOf, median } from './robust';
import { drop, figure, GUARDS, minuteOfWeek, netImbalance, standing, surge } from './series-verdict';
import { CUSUM_START, cusumStep, successDrop } from './success-drop';

const random = randomOf(11);
function poisson(mean: number): number {
  // Knuth's product for small means, in parts for large ones.
  let [count, left] = [0, mean];
  while (left > 0) {
    const step = Math.min(left, 50);
    for (let product = random(); product > Math.exp(-step); product *= random()) count++;
    left -= step;
  }
  return count;
}

describe('tails', () => {
  it('the Student tail meets the tables, odd and even, and becomes the normal one', () => {
    expect(studentTail(6.314, 1)).toBeCloseTo(0.05, 4);
    expect(studentTail(2.92, 2)).toBeCloseTo(0.05, 4);
    expect(studentTail(3.355, 8)).toBeCloseTo(0.005, 4);
    expect(studentTail(2.821, 9)).toBeCloseTo(0.01, 4);
    expect(studentTail(-2.821, 9)).toBeCloseTo(0.99, 4);
    expect(studentTail(2, 5_000)).toBe(upperTail(2));
  });
});

describe('robust baselines', () => {
  it('median and MAD of known values, whatever nearly half of them do', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(median([])).toBeNull();
    expect(baselineOf([10, 11, 12, 13, 1_000_000, 1_000_000, 9])).toEqual({ median: 12, mad: 2, samples: 7 });
  });

  it('the tail of the normal distribution is that of the tables', () => {
    for (const [z, p] of [
      [0, 0.5],
      [1.644854, 0.05],
      [1.959964, 0.025],
      [3.090232, 0.001],
      [-1.644854, 0.95],
    ] as const)
      expect(upperTail(z)).toBeCloseTo(p, 6);
    expect(upperTail(6)).toBeCloseTo(9.8659e-10, 13);
  });

  it('the same minute of the week is the same minute in business time', () => {
    expect(minuteOfWeek(Date.parse('2026-11-23T00:00:00+08:00'))).toBe(0);
    expect(minuteOfWeek(Date.parse('2026-11-29T23:59:59+08:00'))).toBe(7 * 1_440 - 1);
    expect(minuteOfWeek(Date.parse('2026-11-25T12:34:00+08:00'))).toBe(minuteOfWeek(Date.parse('2026-11-18T12:34:00+08:00')));
  });
});

describe('success', () => {
  it('a drop from 99 % to 95 % among a thousand is told, one among twenty is not', () => {
    expect(successDrop({ succeeded: 950, all: 1_000 }, { succeeded: 9_900, all: 10_000 })?.p).toBeLessThan(1e-12);
    expect(successDrop({ succeeded: 19, all: 20 }, { succeeded: 9_900, all: 10_000 })?.p).toBeGreaterThan(0.01);
    expect(successDrop({ succeeded: 0, all: 0 }, { succeeded: 1, all: 1 })).toBeNull();
  });

  it('the two-proportion statistic of a worked example', () => {
    // 45/100 against 60/100: pooled 0.525, standard error 0.07062, z = 2.124.
    expect(successDrop({ succeeded: 45, all: 100 }, { succeeded: 60, all: 100 })?.z).toBeCloseTo(2.124, 3);
  });

  it('a small lasting drop adds up in the CUSUM where no single minute shows it, and a steady series stays low', () => {
    const shares = { usual: 0.01, bad: 0.03 };
    let [steady, worse] = [CUSUM_START, CUSUM_START];
    let highest = 0;
    for (let minute = 0; minute < 500; minute++) {
      steady = cusumStep(steady, { succeeded: 99, all: 100 }, shares);
      highest = Math.max(highest, steady.sum);
      if (minute < 40) worse = cusumStep(worse, { succeeded: 97, all: 100 }, shares);
    }
    expect(highest).toBeLessThan(1);
    expect(worse.sum).toBeGreaterThan(20);
    expect(worse.since).toBe(40);
  });
});

describe('thousands of series at once', () => {
  it('Benjamini–Hochberg on a worked example', () => {
    const p = [0.041, 0.001, 0.008, 0.039, null, 0.042, 0.06, 0.074, 0.205];
    // Of eight tests at 5 %: 0.001 ≤ 0.00625 and 0.008 ≤ 0.0125 stand, 0.039 > 0.01875 and all after it do not.
    expect(discoveries(p, 0.05)).toEqual([false, true, true, false, false, false, false, false, false]);
    expect(discoveries([0.04, 0.03, 0.049], 0.05)).toEqual([true, true, true]);
    expect(discoveries([], 0.05)).toEqual([]);
  });

  it('of 3,000 quiet series hardly any is raised, and 30 that double are', () => {
    const readings = Array.from({ length: 3_000 }, (_, i) => {
      const mean = 40 + (i % 50) * 20;
      const samples = Array.from({ length: 8 }, () => poisson(mean));
      return surge(`s${i}`, poisson(i < 30 ? mean * 2 : mean), samples);
    });
    const raised = standing(readings).map(({ series }) => Number(series.slice(1)));
    expect(raised.filter((i) => i < 30).length).toBeGreaterThanOrEqual(28);
    expect(raised.filter((i) => i >= 30).length).toBeLessThanOrEqual(3);
  });

  it('too little traffic or history is not evaluable, never quiet', () => {
    expect(surge('s', 29, [1, 2, 3, 4])).toMatchObject({ state: 'not-evaluable', why: 'volume' });
    expect(surge('s', 500, [1, 2, 3])).toMatchObject({ state: 'not-evaluable', why: 'history' });
    expect(drop('s', { succeeded: 1, all: GUARDS.volumeMin - 1 }, new Array(5).fill({ succeeded: 99, all: 100 }))).toMatchObject({
      why: 'volume',
    });
    expect(figure('latency', 's', { value: 900, volume: 5 }, [100, 110, 105, 95])).toMatchObject({ why: 'volume' });
  });

  it('latency, imbalance and after-hours share are held against their own past', () => {
    expect(figure('latency', 's', { value: 900, volume: 5_000 }, [100, 110, 105, 95, 102])).toMatchObject({
      state: 'evaluated',
      value: 900,
    });
    const [slow, usual] = [900, 108].map((value) => figure('latency', 's', { value, volume: 5_000 }, [100, 110, 105, 95, 102]));
    expect(standing([slow, usual].filter((one) => one !== undefined))).toEqual([slow]);
    expect(netImbalance(30, 10)).toBe(0.5);
    expect(netImbalance(0, 0)).toBeNull();
  });
});

it('a q-value is the rate at which a test begins to stand', () => {
  const ps = [0.001, 0.2, null, 0.03, 0.008, 0.5];
  for (const rate of [0.001, 0.006, 0.01, 0.03, 0.06, 0.3]) {
    const stands = discoveries(ps, rate);
    expect(qValues(ps).map((q) => q !== null && q <= rate)).toEqual(stands);
  }
});
