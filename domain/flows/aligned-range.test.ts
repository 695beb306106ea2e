import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { rollupWindow } from '../overview/rollup-window';
import { PRESETS, resolveRange } from '../time-range';
import { alignToHours, hoursOf, hoursSaid, isRecorded, tierSpans } from './aligned-range';

const at = (text: string) => new Date(`${text}+08:00`);

describe('whole hours', () => {
  it('of the last 24 are 24, list no payment newer than the data, and leave the unfinished hour out of the comparison', () => {
    const dataAt = at('2026-11-23T20:13:42');
    const choice = { kind: 'live', preset: '24h' } as const;
    const aligned = alignToHours({ choice, range: { from: at('2026-11-22T20:13:42'), to: dataAt }, dataAt, compare: 'weekday' });
    expect(aligned.range).toEqual({ from: at('2026-11-22T21:00'), to: at('2026-11-23T21:00') });
    expect(aligned.rows).toEqual({ from: at('2026-11-22T21:00'), to: at('2026-11-23T20:13:43') });
    expect(aligned.ended).toEqual({ from: at('2026-11-22T21:00'), to: at('2026-11-23T20:00') });
    expect(aligned.open).toEqual({ from: at('2026-11-23T20:00'), to: at('2026-11-23T21:00') });
    expect(hoursOf(aligned.range)).toBe(24);
  });

  it('are the hours that the overview counts, whatever is chosen', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PRESETS), fc.integer({ min: 0, max: 100_000_000 }), (preset, seconds) => {
        const dataAt = new Date(Date.UTC(2026, 0, 1) + seconds * 1000);
        const choice = { kind: 'live', preset } as const;
        const range = resolveRange(choice, dataAt);
        const { buckets, rows } = rollupWindow({ choice, range, dataAt, bucketMs: 3_600_000 });
        expect(alignToHours({ choice, range, dataAt, compare: 'weekday' })).toMatchObject({ range: buckets, rows });
      }),
    );
  });

  it('widen an absolute range at both ends', () => {
    const dataAt = at('2026-11-23T20:13:42');
    const { range } = alignToHours({ range: { from: at('2026-11-20T08:30'), to: at('2026-11-20T09:30') }, dataAt, compare: 'none' });
    expect(range).toEqual({ from: at('2026-11-20T08:00'), to: at('2026-11-20T10:00') });
  });

  it('compare equally long spans that never overlap the range when "previous" is asked', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000 }), fc.integer({ min: 1, max: 5_000_000 }), (startS, spanS) => {
        const from = new Date(Date.UTC(2026, 0, 1) + startS * 1000);
        const dataAt = new Date(from.getTime() + spanS * 1000);
        const { range, ended, before, open } = alignToHours({ range: { from, to: dataAt }, dataAt, compare: 'previous' });
        if (ended && before) {
          expect(before.to.getTime() - before.from.getTime()).toBe(ended.to.getTime() - ended.from.getTime());
          expect(before.to.getTime()).toBeLessThanOrEqual(range.from.getTime());
        }
        // The ended part and the open hour are the whole range, without gap or overlap.
        expect(ended?.from ?? open?.from).toEqual(range.from);
        expect(open?.to ?? ended?.to).toEqual(range.to);
        if (ended && open) expect(open.from).toEqual(ended.to);
      }),
    );
  });

  it('compare seven days with the seven days before, although whole hours are a little longer', () => {
    const dataAt = at('2026-11-23T20:13:42');
    const { before } = alignToHours({ range: { from: at('2026-11-16T20:13:42'), to: dataAt }, dataAt, compare: 'weekday' });
    expect(before).toEqual({ from: at('2026-11-09T20:00'), to: at('2026-11-16T20:00') });
  });

  it('compare nothing where nothing is asked', () => {
    const dataAt = at('2026-11-23T20:13:42');
    const { before } = alignToHours({ range: { from: at('2026-11-22T20:00'), to: dataAt }, dataAt, compare: 'none' });
    expect(before).toBeUndefined();
  });
});

describe('a comparison', () => {
  const before = { from: at('2026-11-16T20:00'), to: at('2026-11-17T20:00') };

  it('is with a span that was recorded, give or take the hour in which recording began', () => {
    expect(isRecorded(before, at('2026-11-01T00:00'))).toBe(true);
    expect(isRecorded(before, at('2026-11-16T21:00'))).toBe(true);
    expect(isRecorded(before, at('2026-11-17T02:00'))).toBe(false);
    expect(isRecorded(before, undefined)).toBe(false);
    expect(isRecorded(undefined, at('2026-11-01T00:00'))).toBe(false);
  });
});

describe('tiers', () => {
  it('cover the range once: hours, whole business days, hours', () => {
    const spans = tierSpans({ from: at('2026-11-20T20:00'), to: at('2026-11-23T21:00') });
    expect(spans.map((span) => span.tier)).toEqual(['hour', 'day', 'hour']);
    expect(spans[1]?.range).toEqual({ from: at('2026-11-21T00:00'), to: at('2026-11-23T00:00') });
  });

  it('leave no gap and no overlap whatever the range', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 1, max: 2000 }), (start, hours) => {
        const from = new Date(Date.UTC(2026, 0, 1) + start * 3_600_000);
        const to = new Date(from.getTime() + hours * 3_600_000);
        const spans = tierSpans({ from, to });
        expect(spans[0]?.range.from).toEqual(from);
        expect(spans.at(-1)?.range.to).toEqual(to);
        for (let i = 1; i < spans.length; i++) expect(spans[i]?.range.from).toEqual(spans[i - 1]?.range.to);
      }),
    );
  });
});

test('an hour that still runs is never counted among the whole ones', () => {
  const range = { from: new Date('2026-11-23T00:00:00Z'), to: new Date('2026-11-23T10:05:00Z') };
  const live = alignToHours({ range, choice: { kind: 'live', preset: '24h' }, dataAt: range.to, compare: 'none' });
  expect(hoursSaid(live)).toEqual({ ended: hoursOf(live.range) - 1, running: 'yes' });
  const past = { from: new Date('2026-11-22T00:00:00Z'), to: new Date('2026-11-22T06:00:00Z') };
  expect(hoursSaid(alignToHours({ range: past, dataAt: range.to, compare: 'none' }))).toEqual({ ended: 6, running: 'no' });
});
