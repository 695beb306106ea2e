import { pinyin } from 'pinyin-pro';
import { FOREIGN_NAMES, NATIONAL_ROOTS, PAYMENT_FIRST, PAYMENT_NAMES, PAYMENT_SECOND, TOWN_FIRST, TOWN_SECOND } from './country-names';
import { hash } from './random';

export type BankCategory = 'state' | 'joint' | 'city' | 'rural' | 'foreign';

/** One institution of the made-up country, in the words of the institution table. */
export type CountryInstitution = {
  readonly code: string;
  readonly kind: 'bank' | 'payment' | 'clearing';
  readonly category: BankCategory | 'payment' | 'clearing';
  readonly nameZh: string;
  readonly nameEn: string;
  readonly shortZh: string;
  readonly shortEn: string;
  readonly pinyinInitials: string;
  /** Twelve digits under the class 999, which no real bank has. */
  readonly cnapsNo?: string;
  /** Begins Z9, which no real licence does. */
  readonly licenceNo?: string;
  /** Share of its kind's traffic; the weights of a kind add up to 1. The clearing institution has 1. */
  readonly weight: number;
};

export const CLEARING_CODE = 'C0001';
const BANKS: readonly (readonly [BankCategory, number, number])[] = [
  // category, how many, share of all bank traffic
  ['state', 6, 0.56],
  ['joint', 12, 0.235],
  ['city', 134, 0.12],
  ['rural', 152, 0.075],
  ['foreign', 37, 0.01],
];
const PAYMENT_COUNT = 101;
const TOP_PAYMENT_SHARES = [0.45, 0.32];

/**
 * The country's 341 banks, 101 payment institutions and one clearing institution, biggest first within each kind. The same seed gives the
 * same country; the seed decides which towns have a bank and how big each is, while the national names stay.
 */
export function countryInstitutions(seed: number): readonly CountryInstitution[] {
  return [clearing(), ...banks(seed), ...paymentInstitutions(seed)];
}

function clearing(): CountryInstitution {
  return {
    code: CLEARING_CODE,
    kind: 'clearing',
    category: 'clearing',
    nameZh: '衡流清算有限公司',
    nameEn: 'Hengliu Clearing Co., Ltd.',
    shortZh: '衡流清算',
    shortEn: 'Hengliu Clearing',
    pinyinInitials: initials('衡流清算'),
    cnapsNo: '999000000018',
    weight: 1,
  };
}

function banks(seed: number): CountryInstitution[] {
  const towns = combined(TOWN_FIRST, TOWN_SECOND, seed);
  const out: CountryInstitution[] = [];
  let national = 0;
  let town = 0;
  for (const [category, count, share] of BANKS) {
    const weights = zipf(count, category === 'state' ? 0.5 : category === 'joint' ? 0.7 : 0.9);
    for (let rank = 0; rank < count; rank++) {
      const ordinal = out.length;
      const [zh, en] =
        category === 'foreign'
          ? (FOREIGN_NAMES[rank] as readonly [string, string])
          : category === 'state' || category === 'joint'
            ? (NATIONAL_ROOTS[national++] as readonly [string, string])
            : (towns[town++] as readonly [string, string]);
      const shortZh = category === 'rural' ? `${zh}农商银行` : `${zh}银行`;
      const shortEn = category === 'rural' ? `${en} Rural Bank` : `${en} Bank`;
      out.push({
        code: `B${String(101 + ordinal * 7).padStart(4, '0')}`,
        kind: 'bank',
        category,
        nameZh:
          category === 'rural' ? `${zh}农村商业银行股份有限公司` : category === 'foreign' ? `${shortZh}有限公司` : `${shortZh}股份有限公司`,
        nameEn:
          category === 'rural' ? `${en} Rural Commercial Bank Co., Ltd.` : `${shortEn} ${category === 'foreign' ? 'Ltd.' : 'Co., Ltd.'}`,
        shortZh,
        shortEn,
        pinyinInitials: initials(shortZh),
        cnapsNo: `999${String(1000 + ordinal * 13)}${String(hash(seed, 11, ordinal) % 100_000).padStart(5, '0')}`,
        weight: (weights[rank] as number) * share,
      });
    }
  }
  return out;
}

function paymentInstitutions(seed: number): CountryInstitution[] {
  const rest = combined(PAYMENT_FIRST, PAYMENT_SECOND, seed + 1);
  const tail = zipf(PAYMENT_COUNT - TOP_PAYMENT_SHARES.length, 1.1);
  const tailShare = 1 - TOP_PAYMENT_SHARES.reduce((sum, share) => sum + share, 0);
  return Array.from({ length: PAYMENT_COUNT }, (_, ordinal) => {
    const drawn = rest[ordinal - PAYMENT_NAMES.length];
    const [shortZh, shortEn] = PAYMENT_NAMES[ordinal] ?? [
      `${drawn?.[0]}${hash(seed, 12, ordinal) % 3 === 0 ? '付' : '支付'}`,
      `${drawn?.[1]} Pay`,
    ];
    return {
      code: `P${String(11 + ordinal * 3).padStart(4, '0')}`,
      kind: 'payment',
      category: 'payment',
      nameZh: `${shortZh}网络科技有限公司`,
      nameEn: `${shortEn.replace(/ Pay$/, ' Payment')} Network Technology Co., Ltd.`,
      shortZh,
      shortEn,
      pinyinInitials: initials(shortZh),
      licenceNo: `Z9${String(10_000 + ordinal * 17).padStart(6, '0')}${String(hash(seed, 13, ordinal) % 1_000_000).padStart(6, '0')}`,
      weight: TOP_PAYMENT_SHARES[ordinal] ?? (tail[ordinal - TOP_PAYMENT_SHARES.length] as number) * tailShare,
    };
  });
}

/** All pairs of two lists of "汉Latin", shuffled by the seed. */
function combined(first: string, second: string, seed: number): (readonly [string, string])[] {
  const parts = (text: string) => text.split(' ').map((word) => [word[0] as string, word.slice(1)] as const);
  const all = parts(first).flatMap(([a, latinA]) => parts(second).map(([b, latinB]) => [a + b, latinA + latinB] as const));
  return all
    .map((name, index) => ({ name, key: hash(seed, 14, index) }))
    .sort((x, y) => x.key - y.key)
    .map(({ name }) => name);
}

/** Weights 1/rank^exponent that add up to 1. */
function zipf(count: number, exponent: number): number[] {
  const raw = Array.from({ length: count }, (_, rank) => 1 / (rank + 1) ** exponent);
  const total = raw.reduce((sum, weight) => sum + weight, 0);
  return raw.map((weight) => weight / total);
}

// Looking words up takes longer than everything else here, and every seed names its institutions from the same words.
const known = new Map<string, string>();

function initials(zh: string): string {
  const made = known.get(zh) ?? pinyin(zh, { pattern: 'first', toneType: 'none', type: 'array' }).join('').toLowerCase();
  known.set(zh, made);
  return made;
}
