import { expect, test } from 'vitest';
import { barLook, joinBars, parseStateBars } from './state-bar';

const HOUR = { bucketS: 3600, targetPpm: 999_900 };
const bar = (given: object) => ({ down: 0, degraded: 0, silent: 0, planned: 0, unknown: 0, ...given });

test('bars are read back from their text, and what is not there was well', () => {
  expect([...parseStateBars('3d10;7g1s2p3u4')]).toEqual([
    [3, bar({ down: 10 })],
    [7, { down: 0, degraded: 1, silent: 2, planned: 3, unknown: 4 }],
  ]);
  expect(parseStateBars('').size).toBe(0);
});

test('bars of two spans that follow each other are those of the whole', () => {
  expect([...parseStateBars(joinBars('3d10;7g1s2', '0u4;12p5d6', 20)).keys()]).toEqual([3, 7, 20, 32]);
  expect(parseStateBars(joinBars('3d10', '0u4p12', 20)).get(20)).toEqual(bar({ unknown: 4, planned: 12 }));
  expect([joinBars('', '1d2', 5), joinBars('1d2', '', 5), joinBars('', '', 5)]).toEqual(['6d2', '1d2', '']);
});

test('a bar is beyond as soon as it was down for longer than its own budget, whatever else it was', () => {
  expect(barLook(bar({ down: 1 }), HOUR).kind).toBe('beyond');
  expect(barLook(bar({ down: 1, unknown: 3000 }), HOUR).kind).toBe('beyond');
  expect(barLook(bar({ down: 8 }), { ...HOUR, bucketS: 86_400 })).toEqual({ kind: 'partly', troubled: 8 / 86_400, silent: 0 });
});

test('a bar that was not measured is none and an announced stop is planned; neither is ever well', () => {
  expect(barLook(bar({ unknown: 3600 }), HOUR).kind).toBe('none');
  expect(barLook(bar({ planned: 3600 }), HOUR).kind).toBe('planned');
  expect(barLook(bar({ degraded: 900, silent: 450 }), HOUR)).toEqual({ kind: 'partly', troubled: 0.25, silent: 0.125 });
  expect(barLook(undefined, HOUR).kind).toBe('well');
});
