import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { SeverityGlyph } from '@/components/glyphs/severity-glyph';
import { formatCount } from '@/domain/format/count';
import { percentDigits } from '@/domain/format/percent';
import { spanText } from '@/domain/format/span';
import { transactionsLink } from '@/domain/links';
import { sumOutcomes, systemSuccessPpm } from '@/domain/overview/platform-figures';
import { spanSentence } from '@/domain/overview/span-sentence';
import type { OverviewQuestions } from './overview-questions';

/** What a span that no longer moves held, in one sentence: no word of what is now. */
export async function SpanLine({ questions, glyphPx }: { questions: OverviewQuestions; glyphPx: number }) {
  const [t, now, before] = await Promise.all([getTranslations('overview.state.span'), questions.outcomes, questions.outcomesBefore]);
  const [sum, then] = [sumOutcomes(now), sumOutcomes(before)];
  const success = systemSuccessPpm(sum);
  const sentence = spanSentence({ payments: { now: sum.all, before: then.all }, systemSuccessPpm: success });
  return (
    <section className="ov-state">
      <SeverityGlyph severity={sentence.severity} size={glyphPx} />
      <p>
        {t.rich(sentence.key, {
          span: spanText(questions.hours.rows),
          count: formatCount(sum.all),
          percent: 'percent' in sentence ? sentence.percent : 0,
          weeks: questions.weeks,
          success: success === null ? '—' : `${percentDigits(success, 2)}%`,
          rows: (chunks) => <Link href={transactionsLink({ range: questions.hours.rows })}>{chunks}</Link>,
        })}
      </p>
    </section>
  );
}
