import { describe, expect, it } from 'vitest';
import { flowFigures } from './flow-figures';

const zh = flowFigures({ locale: 'zh-CN', currency: 'CNY' });
const en = flowFigures({ locale: 'en', currency: 'CNY' });

describe('flow figures', () => {
  it('read in the units of the language', () => {
    expect(zh.short(1_006_310_000n)).toBe('1,006.31 万元');
    expect(en.short(1_006_310_000n)).toBe('¥10.06m');
    expect(en.short(-33_100n)).toBe('−¥331.00');
    expect(flowFigures({ locale: 'en', currency: 'USD' }).short(1_006_310_000n)).toBe('USD 10.06 m');
    expect(zh.split(607_777_000_000n)).toEqual({ figure: '60.78', unit: '亿元' });
  });

  it('stay exact beyond what a double holds', () => {
    expect(en.exact(900_719_925_474_099_301n)).toBe('¥9,007,199,254,740,993.01');
  });

  it('take one unit for a column from its largest', () => {
    const unit = en.unitOf([5_000_000n, 240_000_000n]);
    expect(en.labelOf(unit)).toBe('¥m');
    expect(en.inUnit(5_000_000n, unit)).toBe('0.05');
  });
});
