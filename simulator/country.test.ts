import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { InstitutionCode } from '@/domain/ids';
import { countryInstitutions } from './country';

const country = countryInstitutions(7);
const SHARED = path.resolve('..', 'shared', 'data', 'institutions');

// Marks of institutions that exist; made-up money must never carry them.
const REAL_MARKS =
  /工商|农业银行|建设银行|中国银行|交通银行|邮政储蓄|邮储|招商|浦发|中信|光大|民生|兴业|平安|华夏|广发|浙商|渤海|恒丰|宁波|江苏|南京银行|北京银行|上海银行|微众|网商|支付宝|财付通|银联|网联|快钱|拉卡拉|汇付|连连|易宝|京东|美团|抖音|花旗|汇丰|渣打|东亚|恒生|星展|大华|华侨|摩根|三井|三菱|瑞穗|南浔|Citi|HSBC|Chase|DBS|Alipay|Tenpay|UnionPay/i;

describe('the made-up country', () => {
  it('has 341 banks by category, 101 payment institutions and one clearing institution', () => {
    const count = (category: string) => country.filter((institution) => institution.category === category).length;
    expect(['state', 'joint', 'city', 'rural', 'foreign', 'payment', 'clearing'].map(count)).toEqual([6, 12, 134, 152, 37, 101, 1]);
  });

  it.each(['code', 'nameZh', 'nameEn', 'shortZh', 'shortEn'] as const)(
    'gives no two institutions the same %s, whatever the seed',
    (field) => {
      for (const seed of [1, 7, 20261123]) {
        const values = countryInstitutions(seed).map((institution) => institution[field]);
        expect(new Set(values).size).toBe(values.length);
      }
    },
  );

  it('is the same for the same seed', () => {
    expect(countryInstitutions(7)).toEqual(country);
    expect(countryInstitutions(8)).not.toEqual(country);
  });

  it('writes codes, bank codes and licences that no real institution has', () => {
    for (const institution of country) {
      expect(InstitutionCode.safeParse(institution.code).success).toBe(true);
      if (institution.cnapsNo !== undefined) expect(institution.cnapsNo).toMatch(/^999\d{9}$/);
      if (institution.licenceNo !== undefined) expect(institution.licenceNo).toMatch(/^Z9\d{12}$/);
      expect(institution.pinyinInitials).toMatch(/^[a-z]{2,8}$/);
    }
    expect(new Set(country.flatMap(({ cnapsNo }) => cnapsNo ?? [])).size).toBe(342);
    expect(new Set(country.flatMap(({ licenceNo }) => licenceNo ?? [])).size).toBe(101);
  });

  it('lets two payment institutions carry most of the traffic', () => {
    const weights = country.filter(({ kind }) => kind === 'payment').map(({ weight }) => weight);
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9);
    expect((weights[0] as number) + (weights[1] as number)).toBeGreaterThan(0.7);
    expect(weights).toEqual([...weights].sort((a, b) => b - a));
  });

  it('uses no mark of an institution that exists', () => {
    for (const { nameZh, nameEn } of country) expect(`${nameZh} ${nameEn}`).not.toMatch(REAL_MARKS);
  });

  it('shares no root with a published list of real institutions (skipped where the list is absent)', ({ skip }) => {
    let real: string;
    try {
      real = readFileSync(path.join(SHARED, 'banks.csv'), 'utf8') + readFileSync(path.join(SHARED, 'payment_institutions.csv'), 'utf8');
    } catch {
      return skip('no list of real institutions beside this checkout');
    }
    for (const { shortZh } of country) expect(real).not.toContain(shortZh.replace(/(农商)?银行$|支付$|付$|清算$/, ''));
  });
});
