import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alignToHours, hoursOf, tierSpans } from './aligned-range';

const at = (text: string) => new Date(`${text}+08:00`);

describe('whole hours', () => {
  it('widen a live range at both ends and leave the unfinished hour out of the comparison', () => {
    const dataAt = at('2026-11-23T20:13:42');
    const aligned = alignToHours({ range: { from: at('2026-11-22T20:13:42'), to: dataAt }, dataAt, compare: 'weekday' });
    expect(aligned.range).toEqual({ from: at('2026-11-22T20:00'), to: at('2026-11-23T21:00') });
    expect(aligned.ended).toEqual({ from: at('2026-11-22T20:00'), to: at('2026-11-23T20:00') });
    expect(aligned.open).toEqual({ from: at('2026-11-23T20:00'), to: at('2026-11-23T21:00') });
    expect(hoursOf(aligned.range)).toBe(25);
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
