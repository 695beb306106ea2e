import { ratioPpm } from '../money';
import { FAILING_PPM, LEVEL_PERCENT, type Severity } from './state-sentence';

export type SpanFacts = {
  readonly payments: { readonly now: bigint; readonly before: bigint };
  /** 1 − technical failures ÷ all, in parts per million; null without payments. */
  readonly systemSuccessPpm: number | null;
};
export type SpanSentence =
  | { readonly key: 'empty'; readonly severity: Severity }
  | { readonly key: 'alone' | 'level'; readonly severity: Severity }
  | { readonly key: 'above' | 'below'; readonly severity: Severity; readonly percent: number };

/** What a span that is over held, against the same span a week or more before: nothing of what is now belongs to it. */
export function spanSentence({ payments, systemSuccessPpm }: SpanFacts): SpanSentence {
  if (payments.now === 0n) return { key: 'empty', severity: 'info' };
  const severity = systemSuccessPpm !== null && systemSuccessPpm < FAILING_PPM ? 'critical' : 'info';
  if (payments.before === 0n) return { key: 'alone', severity };
  const ppm = ratioPpm(payments.now - payments.before, payments.before) ?? 0;
  const percent = Math.round(Math.abs(ppm) / 10_000);
  if (percent <= LEVEL_PERCENT) return { key: 'level', severity };
  return { key: ppm > 0 ? 'above' : 'below', severity, percent };
}
