import type { ReactNode } from 'react';
import { type AlertWords, figureText, kindText, reasonText, ruleFigure, subjectText } from '@/components/alerts/alert-words';
import type { AlertView } from '@/domain/alerts/alert-view';
import { exactAmount } from '@/domain/format/amount';
import { formatCount, formatDecimal } from '@/domain/format/count';
import { formatDuration } from '@/domain/format/duration';

/** What was seen, in one plain sentence; every number of it is read off the payments that are listed below it. */
export function DetailSentence({ view, words }: { readonly view: AlertView; readonly words: AlertWords }) {
  const { row, detail, reach, sums, payments } = view;
  const rich = (key: string, values: Record<string, ReactNode>) => words.alerts.rich?.(key, values);
  const amount = (
    <b key="amount">
      {sums.length === 0 && row.currency !== null
        ? exactAmount(BigInt(row.amountMinor), row.currency, words.locale)
        : sums.map(({ currency, amountMinor }) => exactAmount(BigInt(amountMinor), currency, words.locale)).join(words.alerts('join'))}
    </b>
  );
  const subject =
    row.subject.kind === 'account' && row.subject.masked !== null ? (
      <span key="subject" className="nowrap">
        {words.alerts('subject.accountLong', { masked: row.subject.masked })}
      </span>
    ) : (
      <span key="subject" className="nowrap">
        {subjectText(words, row.subject)}
      </span>
    );
  const bold = (name: string, value: number) => <b key={name}>{formatCount(value)}</b>;
  if (detail.kind === 'fault') return <p>{rich('sentence.fault', { kind: kindText(words, row), fault: detail.fault })}</p>;
  if (detail.kind === 'statistic')
    return (
      <p>
        {rich(`sentence.${detail.figure}`, {
          subject,
          value: <b key="value">{figureText(words, detail.unit, detail.value)}</b>,
          median: figureText(words, detail.unit, detail.median),
          z: formatDecimal(Math.abs(detail.z), 1),
        })}
      </p>
    );
  if (detail.kind === 'rule') {
    const reason = reasonText(words, row.ruleId, detail.reason);
    if (detail.unit === 'flag') return <p>{rich('sentence.ruleFlag', { subject, reason, count: row.transactionCount, amount })}</p>;
    const value = <b key="value">{ruleFigure(words, detail, detail.value)}</b>;
    return <p>{rich('sentence.rule', { subject, reason, value, period: detail.period, count: row.transactionCount })}</p>;
  }
  const first = detail.findings[0];
  const others = detail.findings.slice(1);
  return (
    <p>
      {rich(`sentence.${first?.typology}`, {
        subject,
        amount,
        count: bold('count', payments.length + detail.unlisted),
        payers: bold('payers', reach.payers),
        payees: bold('payees', reach.payees),
        accounts: bold('accounts', reach.accounts),
        span: (
          <b key="span" className="nowrap">
            {formatDuration(reach.spanMs, words.locale)}
          </b>
        ),
      })}
      {others.length === 0 ? null : (
        <span className="al-also">
          {words.alerts('sentence.also', {
            others: others
              .map(({ typology, size }) =>
                words.alerts('sentence.also1', {
                  title: words.detection(`typologies.${typology}.title`),
                  size: formatDecimal(size, size % 1 === 0 ? 0 : 1),
                }),
              )
              .join(words.alerts('join')),
          })}
        </span>
      )}
    </p>
  );
}
