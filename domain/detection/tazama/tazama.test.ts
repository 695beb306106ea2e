import { describe, expect, it } from 'vitest';
import { exitOutcome, ruleOutcome } from './rule-outcome';
import { importTazamaRule, importTazamaTypology, type TazamaRule, type TazamaTypology } from './tazama-config';
import { typologyOutcome } from './typology-score';

// Of the shape that the project publishes; the numbers of bands, weights and thresholds are made up here.
const SIMILAR = {
  id: '006@1.0.0',
  cfg: '1.0.0',
  desc: 'similar amounts',
  config: {
    parameters: { maxQueryLimit: 3, tolerance: 0.1 },
    exitConditions: [{ subRuleRef: '.x01', reason: 'history too short' }],
    bands: [
      { subRuleRef: '.01', upperLimit: 2, reason: 'none' },
      { subRuleRef: '.02', lowerLimit: 2, upperLimit: 3, reason: 'two' },
      { subRuleRef: '.03', lowerLimit: 3, reason: 'three or more' },
    ],
  },
};
const KIND_V4 = {
  id: '078@4.0.0',
  cfg: '4.0.0',
  config: {
    cases: { expressions: [{ subRuleRef: '.01', value: 'CASH', reason: 'cash' }], alternative: { subRuleRef: '.00', reason: 'other' } },
  },
};
const KIND_V1 = {
  id: '078@1.0.0',
  cfg: '1.0.0',
  config: {
    cases: [
      { subRuleRef: '.00', outcome: false, reason: 'other' },
      { subRuleRef: '.01', value: 'CASH', outcome: true, reason: 'cash' },
    ],
  },
};
const TYPOLOGY = {
  id: 'typology-processor',
  cfg: '000@1.0.0',
  workflow: { alertThreshold: 200, interdictionThreshold: 400, flowProcessor: 'EFRuP@1.0.0' },
  rules: [
    {
      id: '006@1.0.0',
      cfg: '1.0.0',
      termId: 'a',
      wghts: [
        { ref: '.err', wght: 0 },
        { ref: '.x01', wght: '50' },
        { ref: '.01', wght: 0 },
        { ref: '.02', wght: 100 },
        { ref: '.03', wght: 300 },
      ],
    },
    {
      id: '078@4.0.0',
      cfg: '4.0.0',
      termId: 'b',
      wghts: [
        { ref: '.00', wght: 0 },
        { ref: '.01', wght: 100 },
      ],
    },
  ],
  expression: ['Add', 'a', 'b'],
};

function rule(input: unknown): TazamaRule {
  const read = importTazamaRule(input);
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return read.config;
}
function typology(change: object = {}): TazamaTypology {
  const read = importTazamaTypology({ ...TYPOLOGY, ...change });
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return read.config;
}
const said = (first: string, second: string) => [
  { id: '006@1.0.0', cfg: '1.0.0', subRuleRef: first },
  { id: '078@4.0.0', cfg: '4.0.0', subRuleRef: second },
];

describe('an imported rule', () => {
  it.each([
    [-1, '.01'],
    [0, '.01'],
    [1.999, '.01'],
    [2, '.02'],
    [2.5, '.02'],
    [3, '.03'],
    [99, '.03'],
  ])('puts %s into the band %s: lower limits are met, upper ones are not', (value, reference) => {
    expect(ruleOutcome(rule(SIMILAR), value).subRuleRef).toBe(reference);
  });

  it('a limit of zero is none, the first band that fits wins, and a gap is an error: as at the peer', () => {
    const odd = rule({
      ...SIMILAR,
      config: {
        bands: [
          { subRuleRef: '.01', lowerLimit: 0, upperLimit: 1, reason: 'a' },
          { subRuleRef: '.02', lowerLimit: 0.5, upperLimit: 5, reason: 'b' },
        ],
      },
    });
    expect(ruleOutcome(odd, -10).subRuleRef).toBe('.01');
    expect(ruleOutcome(odd, 0.7).subRuleRef).toBe('.01');
    expect(ruleOutcome(odd, 5).subRuleRef).toBe('.err');
  });

  it('reads cases of the old and the new shape alike', () => {
    for (const one of [KIND_V1, KIND_V4].map(rule)) {
      expect(ruleOutcome(one, 'CASH').subRuleRef).toBe('.01');
      expect(ruleOutcome(one, 'ANYTHING').subRuleRef).toBe('.00');
    }
  });

  it('ends by its own words where it has no value', () => {
    expect(exitOutcome(rule(SIMILAR), '.x01')).toMatchObject({ reason: 'history too short' });
    expect(exitOutcome(rule(SIMILAR), '.x09').subRuleRef).toBe('.err');
  });

  it('is refused at the field that is wrong', () => {
    expect(importTazamaRule({ ...SIMILAR, config: { bands: [{ subRuleRef: '.01', upperLimit: 'two', reason: 'none' }] } })).toMatchObject({
      faults: [{ at: 'config.bands.0.upperLimit' }],
    });
    expect(importTazamaRule({ ...SIMILAR, config: {} })).toMatchObject({ faults: [{ at: 'config' }] });
  });
});

describe('an imported typology', () => {
  it.each([
    ['.01', '.00', 0, false, false],
    ['.02', '.00', 100, false, false],
    ['.02', '.01', 200, true, false],
    ['.03', '.01', 400, true, true],
    ['.x01', '.01', 150, false, false],
  ])('%s and %s weigh %i', (first, second, score, alerts, interdicts) => {
    expect(typologyOutcome(typology(), said(first, second))).toMatchObject({ score, alerts, interdicts });
  });

  it('says what each rule brought', () => {
    expect(typologyOutcome(typology(), said('.02', '.01')).contributions.map(({ weight }) => weight)).toEqual([100, 100]);
  });

  it('a block alerts whatever the score, an override stops the interdiction', () => {
    const flow = (subRuleRef: string) => [...said('.03', '.01'), { id: 'EFRuP@1.0.0', cfg: 'none', subRuleRef }];
    expect(typologyOutcome(typology(), [...said('.01', '.00'), { id: 'EFRuP@1.0.0', cfg: 'none', subRuleRef: 'block' }])).toMatchObject({
      alerts: true,
      interdicts: false,
    });
    expect(typologyOutcome(typology(), flow('override'))).toMatchObject({ alerts: true, interdicts: false });
    expect(typologyOutcome(typology(), flow('none'))).toMatchObject({ interdicts: true });
  });

  it('nested expressions are worked out; without a term or over zero there is no score, and no alert', () => {
    expect(typologyOutcome(typology({ expression: ['Multiply', ['Add', 'a', 'b'], 0.5] }), said('.03', '.01')).score).toBe(200);
    expect(typologyOutcome(typology({ expression: ['Divide', 'a', 0] }), said('.03', '.01'))).toMatchObject({ score: null, alerts: false });
    expect(typologyOutcome(typology(), said('.03', '.77'))).toMatchObject({ score: null, alerts: false, interdicts: false });
  });

  it('is refused where its expression names what is not there', () => {
    expect(importTazamaTypology({ ...TYPOLOGY, expression: ['Add', 'a', ['Power', 'c', 2]] })).toMatchObject({
      faults: [{ at: 'expression.2.0' }, { at: 'expression.2.1' }],
    });
  });
});
