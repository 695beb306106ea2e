import type { Rule } from './rule';

const CNY = { version: 1, currency: 'CNY', unless: [], boundary: '>' } as const satisfies Partial<Rule>;
const violation = (from: string) => [{ from, outcome: 'violation', reason: 'over' }] as const;

/** Per customer, account and day; the law knows four tiers, of which A is by agreement and has no bound of its own. */
function barcode(tier: 'b' | 'c' | 'd', most: string): Rule {
  return {
    ...CNY,
    id: `barcode-tier-${tier}`,
    citation: 'yinfa-2017-296',
    effectiveFrom: '2018-04-01',
    groupBy: ['payerCustomer', 'payer'],
    when: [
      { field: 'businessType', is: 'barcode' },
      { field: 'barcodeTier', is: tier.toUpperCase() },
    ],
    measure: { kind: 'sum' },
    window: 'business-day',
    bands: [...violation(most)],
  };
}

function accountClass(id: '1' | '2' | '3', window: Rule['window'], most: string): Rule {
  return {
    ...CNY,
    id: `account-class-${id}`,
    citation: 'pboc-2015-43',
    effectiveFrom: '2016-07-01',
    groupBy: ['payer'],
    when: [{ field: 'accountClass', is: id }],
    unless: [{ field: 'sameName', is: true }],
    measure: { kind: 'sum' },
    window,
    bands: [...violation(most)],
  };
}

/** One-sided: what a customer pays and what it receives are two sums. Reportable is no violation. */
function largeValue(side: 'payer' | 'payee', what: string, when: Rule['when'], least: string): Rule {
  return {
    ...CNY,
    id: `large-value-${what}-${side === 'payer' ? 'out' : 'in'}`,
    citation: 'pboc-2016-3',
    effectiveFrom: what === 'cash' ? '2017-07-01' : '2019-01-01',
    groupBy: [`${side}Customer`],
    when,
    measure: { kind: 'sum' },
    window: 'business-day',
    boundary: '>=',
    bands: [{ from: least, outcome: 'reportable', reason: 'reached' }],
  };
}

const SIDES = ['payer', 'payee'] as const;

/** The checks that the platform makes by itself, as data. Numbers and dates are the cited documents'; an editor may supersede any of them. */
export const SHIPPED_RULES: readonly Rule[] = [
  barcode('d', '500'),
  barcode('c', '1000'),
  barcode('b', '5000'),
  accountClass('1', 'lifetime', '1000'),
  accountClass('2', 'calendar-year', '100000'),
  accountClass('3', 'calendar-year', '200000'),
  ...SIDES.flatMap((side) => [
    largeValue(side, 'cash', [{ field: 'cash', is: true }], '50000'),
    largeValue(
      side,
      'entity',
      [
        { field: `${side}Kind`, is: 'entity' },
        { field: 'cash', is: false },
      ],
      '2000000',
    ),
    largeValue(
      side,
      'person',
      [
        { field: `${side}Kind`, is: 'person' },
        { field: 'cash', is: false },
        { field: 'crossBorder', is: false },
      ],
      '500000',
    ),
    largeValue(
      side,
      'person-abroad',
      [
        { field: `${side}Kind`, is: 'person' },
        { field: 'cash', is: false },
        { field: 'crossBorder', is: true },
      ],
      '200000',
    ),
  ]),
  {
    ...CNY,
    id: 'dormant-since-opening',
    currency: undefined,
    citation: 'yinfa-2016-261',
    effectiveFrom: '2016-12-01',
    groupBy: [],
    when: [{ field: 'payerActiveBefore', is: false }],
    measure: { kind: 'days-since', of: 'openedAtMs' },
    window: 'payment',
    bands: [{ from: '183', outcome: 'violation', reason: 'over' }],
  },
  ...(
    [
      ['entity', '1000000'],
      ['person', '300000'],
    ] as const
  ).map(
    ([kind, most]): Rule => ({
      ...CNY,
      id: `non-counter-day-${kind}`,
      citation: 'yinfa-2016-261',
      effectiveFrom: '2016-12-01',
      groupBy: ['payerCustomer'],
      when: [
        { field: 'payerKind', is: kind },
        { field: 'counter', is: false },
      ],
      measure: { kind: 'sum' },
      window: 'business-day',
      bands: [{ from: most, outcome: 'notable', reason: 'over' }],
    }),
  ),
  ...(['merchant', 'area'] as const).map(
    (of): Rule => ({
      ...CNY,
      id: `terminal-at-several-${of}s`,
      currency: undefined,
      citation: 'yinfa-2021-259',
      effectiveFrom: '2022-03-01',
      groupBy: ['terminal'],
      when: [],
      measure: { kind: 'distinct', of },
      window: 'days-30',
      bands: [{ from: '1', outcome: 'violation', reason: 'over' }],
    }),
  ),
  ...(['hopsAgree', 'ticketUsual', 'hourUsual'] as const).map(
    (of): Rule => ({
      ...CNY,
      id: { hopsAgree: 'merchant-fields-differ', ticketUsual: 'ticket-unlike-mcc', hourUsual: 'hour-unlike-mcc' }[of],
      currency: undefined,
      citation: 'yinfa-2021-259',
      effectiveFrom: '2022-03-01',
      groupBy: [],
      when: [],
      measure: { kind: 'flag', of, is: false },
      window: 'payment',
      boundary: '>=',
      bands: [{ from: '1', outcome: of === 'hopsAgree' ? 'violation' : 'notable', reason: 'differs' }],
    }),
  ),
  {
    ...CNY,
    id: 'real-name-unmatched',
    currency: undefined,
    citation: 'real-name',
    effectiveFrom: '2016-07-01',
    groupBy: [],
    when: [],
    measure: { kind: 'flag', of: 'realNameMatched', is: false },
    window: 'payment',
    boundary: '>=',
    bands: [{ from: '1', outcome: 'violation', reason: 'differs' }],
  },
  ...(
    [
      ['phone', 'identity', 'identities-on-one-phone'],
      ['identity', 'phone', 'phones-of-one-identity'],
    ] as const
  ).map(
    ([by, of, id]): Rule => ({
      ...CNY,
      id,
      currency: undefined,
      citation: 'real-name',
      effectiveFrom: '2016-07-01',
      groupBy: [by],
      when: [],
      measure: { kind: 'distinct', of },
      window: 'days-30',
      bands: [
        { from: '2', outcome: 'notable', reason: 'several' },
        { from: '5', outcome: 'violation', reason: 'many' },
      ],
    }),
  ),
  {
    ...CNY,
    id: 'direct-after-deadline',
    currency: undefined,
    citation: 'yinzhifa-2017-209',
    // The deadline itself was the last day on which it was allowed.
    effectiveFrom: '2018-07-01',
    groupBy: [],
    when: [],
    unless: [{ field: 'exempt', is: true }],
    measure: { kind: 'flag', of: 'route', is: 'direct' },
    window: 'payment',
    boundary: '>=',
    bands: [{ from: '1', outcome: 'violation', reason: 'direct' }],
  },
];
