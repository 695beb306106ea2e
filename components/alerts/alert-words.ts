import type { ReactNode } from 'react';
import type { AlertRow, AlertSubject } from '@/domain/alerts/alert-row';
import { exactAmount, type FormatLocale } from '@/domain/format/amount';
import { formatCount, formatDecimal } from '@/domain/format/count';
import { formatPercent } from '@/domain/format/percent';
import { parseAmount } from '@/domain/money';

type Values = Record<string, string | number>;
/** What a translator of one namespace can do, as far as it is needed here: keys are made at run time. */
export type Words = { (key: string, values?: Values): string; readonly has: (key: string) => boolean };
type RichWords = Words & { readonly rich?: (key: string, values: Record<string, ReactNode>) => ReactNode };
export type AlertWords = {
  /** Sentences with marked-up parts are for the browser alone. */
  readonly alerts: RichWords;
  readonly detection: Words;
  readonly rules: Words;
  readonly locale: FormatLocale;
};

/** The name of what raised an alert. A rule that somebody added has no text of its own: then its id. */
export function kindText({ detection, rules }: AlertWords, { source, ruleId }: Pick<AlertRow, 'source' | 'ruleId'>): string {
  if (source === 'typology' && detection.has(`typologies.${ruleId}.title`)) return detection(`typologies.${ruleId}.title`);
  if (source === 'statistic' && detection.has(`statistics.${ruleId}`)) return detection(`statistics.${ruleId}`);
  return rules.has(`shipped.${ruleId}.title`) ? rules(`shipped.${ruleId}.title`) : ruleId;
}

/** Whom it is about, in a few words: accounts by their last four digits. */
export function subjectText({ alerts }: AlertWords, subject: AlertSubject): string {
  switch (subject.kind) {
    case 'account':
      return subject.masked === null
        ? alerts('subject.unknownAccount')
        : alerts('subject.account', { tail: `··${subject.masked.slice(-4)}` });
    case 'institution':
      return subject.party.name;
    case 'pair':
      return alerts('subject.pair', { payer: subject.payer.name, payee: subject.payee.name });
    case 'platform':
      return alerts('subject.platform');
    default:
      return alerts(`subject.${subject.kind}`, { id: subject.id });
  }
}

export function titleText(words: AlertWords, row: AlertRow): string {
  if (row.facts.kind === 'fault') return words.alerts('row.off', { rule: kindText(words, row) });
  return words.alerts('row.title', { subject: subjectText(words, row.subject), kind: kindText(words, row) });
}

/** The numbers behind the title, on one line. */
export function lineText(words: AlertWords, row: AlertRow): string {
  const { alerts, rules, locale } = words;
  const { facts } = row;
  if (facts.kind === 'fault') return facts.fault;
  if (facts.kind === 'statistic')
    return alerts('row.statistic', {
      value: figureText(words, facts.unit, facts.value),
      median: figureText(words, facts.unit, facts.median),
      z: formatDecimal(facts.z, 1),
    });
  if (facts.kind === 'rule') {
    const outcome = rules(`outcomes.${facts.outcome}`);
    if (facts.unit === 'flag') return alerts('row.ruleFlag', { outcome, reason: reasonText(words, row.ruleId, facts.reason) });
    return alerts('row.rule', { outcome, value: ruleFigure(words, facts, facts.value), from: ruleBound(words, facts) });
  }
  if (row.currency === null) return alerts('row.typologyMixed', { count: row.transactionCount });
  return alerts('row.typology', { count: row.transactionCount, amount: exactAmount(BigInt(row.amountMinor), row.currency, locale) });
}

export function reasonText({ rules }: AlertWords, ruleId: string, reason: string): string {
  const key = `shipped.${ruleId}.reasons.${reason}`;
  return rules.has(key) ? rules(key) : reason;
}

/** A statistical figure in its unit. */
export function figureText({ alerts }: AlertWords, unit: 'count' | 'share' | 'ms', value: number): string {
  if (unit === 'share') return formatPercent(Math.round(value * 1_000_000));
  const digits = value >= 100 || Number.isInteger(value) ? formatCount(Math.round(value)) : formatDecimal(value, 1);
  return unit === 'ms' ? alerts('unit.ms', { n: digits }) : digits;
}

type RuleFacts = { readonly unit: 'minor' | 'count' | 'days' | 'flag'; readonly currency: string | null };

/** What a rule found: minor units for amounts, a whole number otherwise. */
export function ruleFigure({ alerts, locale }: AlertWords, { unit, currency }: RuleFacts, value: string): string {
  if (unit === 'minor' && currency !== null) return exactAmount(BigInt(value), currency, locale);
  return unit === 'days' ? alerts('unit.days', { n: formatCount(BigInt(value)) }) : formatCount(BigInt(value));
}

/** Where a band begins: rules state amounts in major units. */
export function ruleBound(words: AlertWords, facts: RuleFacts & { readonly from: string }): string {
  if (facts.unit !== 'minor') return facts.unit === 'days' ? words.alerts('unit.days', { n: facts.from }) : facts.from;
  const parsed = facts.currency === null ? null : parseAmount(facts.from, facts.currency);
  return parsed?.ok && facts.currency !== null ? exactAmount(parsed.minor, facts.currency, words.locale) : facts.from;
}

const MINUTE_MS = 60_000;
/** How long ago, in the one unit that says enough. */
export function ageText({ alerts }: Pick<AlertWords, 'alerts'>, ms: number): string {
  const minutes = Math.floor(ms / MINUTE_MS);
  if (minutes < 1) return alerts('row.now');
  if (minutes < 60) return alerts('row.minutes', { n: minutes });
  return minutes < 48 * 60 ? alerts('row.hours', { n: Math.floor(minutes / 60) }) : alerts('row.days', { n: Math.floor(minutes / 1440) });
}
