import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseRule, Rule, type RuleFact } from './rule';
import { RuleEvaluator, type RuleResult } from './rule-evaluator';
import { SHIPPED_RULES } from './shipped-rules';

const at = (text: string) => Date.parse(`${text}+08:00`);
const fact = (given: Partial<RuleFact>): RuleFact =>
  ({ id: 'x', atMs: at('2026-11-02T10:00:00'), amountMinor: 100n, currency: 'CNY', ...given }) as RuleFact;
const only = (id: string) => new RuleEvaluator(SHIPPED_RULES.filter((rule) => rule.id === id));
const last = (results: readonly RuleResult[]) => results.at(-1);

describe('shipped rules', () => {
  it('are all well-formed, each once, with texts and citation in both languages', () => {
    expect(new Set(SHIPPED_RULES.map(({ id }) => id)).size).toBe(SHIPPED_RULES.length);
    for (const language of ['en', 'zh-CN']) {
      const texts = JSON.parse(fs.readFileSync(path.resolve('messages', language, 'rules.json'), 'utf8'));
      for (const rule of SHIPPED_RULES) {
        expect(Rule.safeParse(rule).error).toBeUndefined();
        expect(Object.keys(texts.shipped[rule.id].reasons).sort()).toEqual([...new Set(rule.bands.map(({ reason }) => reason))].sort());
        expect(texts.citations[rule.citation]).toBeTruthy();
      }
      expect(Object.keys(texts.shipped).sort()).toEqual(SHIPPED_RULES.map(({ id }) => id).sort());
    }
  });

  it('a static barcode may be paid 500.00 a day and not a fen more, and the next day begins anew', () => {
    const rules = only('barcode-tier-d');
    const pay = (amountMinor: bigint, when = '2026-11-02T10:00:00') =>
      last(rules.take(fact({ amountMinor, atMs: at(when), businessType: 'barcode', barcodeTier: 'D', payer: 'a', payerCustomer: 'c' })));
    expect(pay(50_000n)).toMatchObject({ kind: 'clear', value: '50000' });
    expect(pay(1n, '2026-11-02T23:59:59')).toMatchObject({ kind: 'hit', outcome: 'violation', value: '50001', from: '500' });
    expect(pay(50_000n, '2026-11-03T00:00:00')).toMatchObject({ kind: 'clear' });
  });

  it('what nobody said makes a rule not evaluable, never clear', () => {
    const rules = only('barcode-tier-d');
    expect(last(rules.take(fact({ businessType: 'barcode', payer: 'a', payerCustomer: 'c' })))).toMatchObject({
      kind: 'not-evaluable',
      missing: 'barcodeTier',
    });
    expect(last(only('account-class-1').take(fact({ accountClass: '1', payer: 'a' })))).toMatchObject({
      kind: 'not-evaluable',
      missing: 'sameName',
    });
    expect(last(only('real-name-unmatched').take(fact({})))).toMatchObject({ kind: 'not-evaluable', missing: 'realNameMatched' });
  });

  it('large value is reached at its amount and is reportable, not a violation; both sides are summed apart', () => {
    const out = only('large-value-person-out');
    const given = { cash: false, crossBorder: false, payerKind: 'person', payerCustomer: 'c' } as const;
    expect(last(out.take(fact({ ...given, amountMinor: 49_999_999n })))).toMatchObject({ kind: 'clear' });
    expect(last(out.take(fact({ ...given, amountMinor: 1n })))).toMatchObject({ kind: 'hit', outcome: 'reportable' });
    expect(out.take(fact({ ...given, payerKind: 'entity' }))).toEqual([]);
  });

  it('transfers to one’s own account do not count towards the class of an account', () => {
    const rules = only('account-class-1');
    const pay = (sameName: boolean) => last(rules.take(fact({ accountClass: '1', payer: 'a', sameName, amountMinor: 60_000n })));
    expect(pay(false)).toMatchObject({ kind: 'clear' });
    expect(pay(true)).toBeUndefined();
    expect(pay(false)).toMatchObject({ kind: 'hit', value: '120000' });
  });

  it('the direct route is a violation from the day after the deadline, unless exempt', () => {
    const rules = only('direct-after-deadline');
    expect(rules.take(fact({ atMs: at('2018-06-30T23:59:59'), route: 'direct', exempt: false }))).toEqual([]);
    expect(last(rules.take(fact({ atMs: at('2018-07-01T00:00:00'), route: 'direct', exempt: false })))).toMatchObject({
      outcome: 'violation',
    });
    expect(last(rules.take(fact({ route: 'direct', exempt: true })))).toBeUndefined();
    expect(last(rules.take(fact({ route: 'cleared', exempt: false })))).toMatchObject({ kind: 'clear' });
  });

  it('a terminal belongs to one merchant', () => {
    const rules = only('terminal-at-several-merchants');
    expect(last(rules.take(fact({ terminal: 't', merchant: 'm1' })))).toMatchObject({ kind: 'clear' });
    expect(last(rules.take(fact({ terminal: 't', merchant: 'm1' })))).toMatchObject({ kind: 'clear' });
    expect(last(rules.take(fact({ terminal: 't', merchant: 'm2' })))).toMatchObject({ kind: 'hit', outcome: 'violation' });
  });

  it('go on after a restart where they were', () => {
    const given = fact({ amountMinor: 30_000n, businessType: 'barcode', barcodeTier: 'D', payer: 'a', payerCustomer: 'c' });
    const rules = only('barcode-tier-d');
    rules.take(given);
    const restored = new RuleEvaluator(SHIPPED_RULES, JSON.parse(JSON.stringify(rules.save())));
    expect(restored.take(given).find(({ rule }) => rule === 'barcode-tier-d')).toMatchObject({ kind: 'hit', value: '60000' });
  });

  it('forget days that are over', () => {
    const rules = only('barcode-tier-d');
    for (let i = 0; i < 50; i++)
      rules.take(
        fact({
          atMs: at('2026-11-02T10:00:00') + i * 86_400_000,
          businessType: 'barcode',
          barcodeTier: 'D',
          payer: `a${i}`,
          payerCustomer: 'c',
        }),
      );
    expect(rules.tallyCount).toBe(1);
  });
});

describe('a rule from outside', () => {
  const good = SHIPPED_RULES[0] as Rule;

  it('is refused at the field that is wrong', () => {
    const faulty = parseRule({ ...good, currency: undefined, bands: [...good.bands, { from: '400', outcome: 'notable', reason: 'over' }] });
    expect(faulty).toMatchObject({ ok: false, faults: [{ at: 'bands.1.from' }, { at: 'currency' }] });
    expect(parseRule({ ...good, boundary: '=' })).toMatchObject({ ok: false, faults: [{ at: 'boundary' }] });
    expect(parseRule(good)).toMatchObject({ ok: true });
  });

  it('that throws is switched off, and the others go on', () => {
    const broken: Rule = { ...good, id: 'broken', currency: 'XXX' };
    const rules = new RuleEvaluator([broken, good]);
    const given = fact({ currency: 'XXX', businessType: 'barcode', barcodeTier: 'D', payer: 'a', payerCustomer: 'c' });
    expect(rules.take(given)).toMatchObject([{ rule: 'broken', kind: 'switched-off' }]);
    expect(rules.take({ ...given, currency: 'CNY' })).toMatchObject([{ rule: good.id, kind: 'clear' }]);
  });
});
