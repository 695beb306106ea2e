import { describe, expect, it } from 'vitest';
import { flowFigures } from './flow-figures';

const zh = flowFigures({ locale: 'zh-CN', currency: 'CNY' });
const en = flowFigures({ locale: 'en', currency: 'CNY' });

describe('amounts', () => {
  it('are not rounded up into the next unit as compact notation does', () => {
    expect(zh.short(9_999_999_900n)).toBe('10,000.00 万元');
    expect(zh.short(10_000_000_000n)).toBe('1.00 亿元');
  });

  it('read in the units of the language', () => {
    expect(zh.short(1_006_310_000n)).toBe('1,006.31 万元');
    expect(en.short(1_006_310_000n)).toBe('¥10.06m');
    expect(en.short(33_100n)).toBe('¥331.00');
    expect(zh.split(607_777_000_000n)).toEqual({ figure: '60.78', unit: '亿元' });
  });

  it('stay exact beyond what a double holds', () => {
    expect(en.exact(9_007_199_254_740_993_01n)).toBe('¥9,007,199,254,740,993.01');
    expect(flowFigures({ locale: 'en', currency: 'JPY' }).exact(60n)).toMatch(/60$/);
  });

  it('take one unit for a column from its largest', () => {
    const unit = en.unitFor([5_000_000n, 240_000_000n]);
    expect(unit.label).toBe('¥m');
    expect(en.inUnit(5_000_000n, unit)).toBe('0.05');
  });
});

describe('changes', () => {
  it('carry a sign and a true minus', () => {
    expect(zh.change(0.031)).toBe('+3.1%');
    expect(zh.change(-0.115)).toBe('−11.5%');
    expect(zh.change(0)).toBe('0.0%');
    expect(zh.change(25)).toBe('+2,500%');
  });
});
