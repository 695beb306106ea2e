import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type * as z from 'zod';
import { DebitLine, DeclarationLine, HeartbeatLine, LegLine, OutcomeLine, TransactionLine } from '../feed/lines';
import { EXAMPLES } from '../http/examples';
import { checkFields, type FieldRules } from './field-rules';
import { DEBIT_RULES, DECLARATION_RULES, HEARTBEAT_RULES, LEG_RULES, OUTCOME_RULES, TRANSACTION_RULES } from './line-rules';
import { isRefusal } from './refusal';

const FEEDS: readonly (readonly [string, z.ZodType, FieldRules, readonly object[]])[] = [
  ['transactions', TransactionLine, TRANSACTION_RULES, EXAMPLES.transactions],
  ['legs', LegLine, LEG_RULES, EXAMPLES.legs],
  ['heartbeats', HeartbeatLine, HEARTBEAT_RULES, EXAMPLES.heartbeats],
  ['outcomes', OutcomeLine, OUTCOME_RULES, EXAMPLES.outcomes],
  ['debits', DebitLine, DEBIT_RULES, EXAMPLES.debits],
  ['declarations', DeclarationLine, DECLARATION_RULES, EXAMPLES.declarations],
];

const TIMES = [
  '2026-11-23T09:46:52Z',
  '2026-11-23T09:46:52.1+08:00',
  '2026-11-23T09:46:52.123456-14:59',
  '2026-11-23T09:46:52.1234567Z',
  '2026-11-23T09:46:52+15:00',
  '2026-11-23T24:00:00Z',
  '2026-11-23T23:59:60Z',
  '2026-11-23T09:46Z',
  '2026-11-23 09:46:52Z',
  '2026-11-23T09:46:52',
  '2026-02-29T00:00:00Z',
  '2024-02-29T00:00:00Z',
  '1900-02-29T00:00:00Z',
  '2026-11-31T00:00:00Z',
  '2026-11-23',
  '2026-13-01',
  '+2026-11-23T09:46:52Z',
];
const TEXTS = [
  '',
  ' ',
  'a b',
  'é',
  '账号',
  '\u0000',
  '\ud800',
  '\u202e',
  '\n',
  'x'.repeat(64),
  'x'.repeat(65),
  '😀'.repeat(33),
  'A',
  'CNY',
  'cny',
  '.a',
  '0123',
  '12345',
];
const someText = fc.oneof(
  fc.constantFrom(...TIMES, ...TEXTS),
  fc.string({ unit: 'binary', maxLength: 70 }),
  fc.string({ maxLength: 70 }),
  fc.uuid(),
);
const someValue: fc.Arbitrary<unknown> = fc.oneof(
  someText,
  fc.constantFrom(null, true, 0, -1, 1.5, 600_000, 600_001, Number.POSITIVE_INFINITY, [], {}),
  fc.record({ institution: someText, account: someText }, { requiredKeys: [] }),
);

describe.each(FEEDS)('the fast checks of %s', (_feed, schema, rules, examples) => {
  const names = [...rules.byName.keys(), 'surplus', 'pin'];

  test('give the verdict of the published schema on every line with some fields changed, left out or added', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...examples),
        fc.array(fc.tuple(fc.constantFrom(...names), fc.option(someValue, { nil: undefined })), { maxLength: 3 }),
        (example, changes) => {
          const line: Record<string, unknown> = structuredClone(example) as Record<string, unknown>;
          for (const [name, value] of changes) {
            if (value === undefined) delete line[name];
            else line[name] = value;
          }
          expect(checkFields(line, rules) === undefined, JSON.stringify(line)).toBe(schema.safeParse(line).success);
        },
      ),
      { numRuns: 3_000 },
    );
  });

  test('give the verdict of the schema on each field of each example set to each difficult value', () => {
    for (const example of examples) {
      for (const name of rules.byName.keys()) {
        for (const value of [...TIMES, ...TEXTS, null, 1, true, [], {}]) {
          const line = { ...example, [name]: value };
          expect(checkFields(line, rules) === undefined, `${name}: ${JSON.stringify(value)}`).toBe(schema.safeParse(line).success);
        }
      }
    }
  });

  test('say of a refused line which field and why', () => {
    const fault = checkFields({ ...examples[0], surplus: 1 }, rules);
    expect(fault && isRefusal(fault) && { field: fault.field, reason: fault.reason }).toEqual({
      field: 'surplus',
      reason: 'unknown-field',
    });
  });
});

test('fields for secrets are told apart from unknown ones, however they are spelled and however deep they sit', () => {
  const line = EXAMPLES.transactions[0];
  for (const name of ['pin', 'PIN-Block', 'CVV2', 'track_2', 'loginPassword', 'otp', 'faceImage']) {
    expect(checkFields({ ...line, [name]: 'x' }, TRANSACTION_RULES)).toMatchObject({ reason: 'forbidden-field', field: name });
    const inside = { ...line, payer: { ...line.payer, [name]: 'x' } };
    expect(checkFields(inside, TRANSACTION_RULES)).toMatchObject({ reason: 'forbidden-field', field: `payer.${name}` });
  }
});
