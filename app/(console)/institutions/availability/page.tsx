import Link from 'next/link';
import { getLocale, getTranslations } from 'next-intl/server';
import { StateGlyph } from '@/components/glyphs/state-glyph';
import { PageHead } from '@/components/shell/page-head';
import { formatCount } from '@/domain/format/count';
import { formatDuration } from '@/domain/format/duration';
import { percentDigits } from '@/domain/format/percent';
import { institutionLink } from '@/domain/links';
import { allows } from '@/domain/permissions';
import { toBusinessText } from '@/domain/time-range';
import type { SearchParams } from '@/server/page-context';
import { availabilityReport } from '@/server/queries/connectivity/availability-report';
import { requireActor } from '@/server/session';
import { StepForm } from '../_components/step-form';
import { setTarget } from '../actions';
import { PrintButton } from './print-button';
import { monthOf } from './report-question';
import './availability.css';

export default async function AvailabilityPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor('institutions:view');
  const [t, language, parameters] = await Promise.all([getTranslations('institutions'), getLocale(), searchParams]);
  const locale = language === 'en' ? 'en' : 'zh-CN';
  const { month, range, before, after } = monthOf(parameters.month, new Date());
  const report = await availabilityReport(actor, { range, locale });
  const rows = [...report.rows].sort((a, b) => (a.ppm ?? 2_000_000) - (b.ppm ?? 2_000_000) || (a.code < b.code ? -1 : 1));
  const missed = rows.filter(({ met }) => met === false).length;
  const measured = rows.filter(({ met }) => met !== null).length;
  const time = (ms: number) => (ms > 0 ? formatDuration(ms, locale) : '—');
  const present = monthOf(undefined, new Date()).month;
  return (
    <div className="av">
      <PageHead trail={[{ href: '/institutions', words: t('page.crumb') }]} title={t('report.title')}>
        <span className="row no-print">
          <Link className="btn icon" href={`/institutions/availability?month=${before}`} aria-label={t('report.before', { month: before })}>
            ‹
          </Link>
          <b className="num av-month">{month}</b>
          {month < present ? (
            <Link className="btn icon" href={`/institutions/availability?month=${after}`} aria-label={t('report.after', { month: after })}>
              ›
            </Link>
          ) : null}
        </span>
        <span className="sp" />
        <span className="row no-print">
          {allows(actor.role, 'connectivity:operate') ? (
            <StepForm quiet action={setTarget} fields={{}} open={t('report.setTarget')} submit={t('report.set')} noteLabel={null}>
              <input
                className="input"
                type="number"
                name="percent"
                min={90}
                max={100}
                step="0.001"
                required
                defaultValue={report.targetPpm / 10_000}
                aria-label={t('report.target')}
              />
            </StepForm>
          ) : null}
          <a className="btn" href={`/institutions/availability/download?month=${month}`} download>
            CSV
          </a>
          <a className="btn" href={`/institutions/availability/download?month=${month}&format=xlsx`} download>
            XLSX
          </a>
          <PrintButton label={t('report.print')} />
        </span>
      </PageHead>
      <p className="av-sentence">
        {t('report.sentence', { month, measured, missed, target: percentDigits(report.targetPpm, 3) })}
        <span className="meta">{t('report.until', { until: toBusinessText(report.until).slice(0, 16) })}</span>
      </p>
      <p className="av-formula meta">{t('report.formula')}</p>
      <section className="av-scroll" aria-label={t('report.title')}>
        <table className="tbl">
          <thead>
            <tr>
              <th scope="col">{t('columns.institution')}</th>
              <th scope="col" className="num">
                {t('report.availability')}
              </th>
              <th scope="col" className="num">
                {t('report.budget')}
              </th>
              {(['down', 'degraded', 'silent', 'planned', 'unknown'] as const).map((state) => (
                <th key={state} scope="col" className={`num ${state === 'down' ? '' : 'only-l'}`}>
                  <span className="row av-state">
                    <StateGlyph state={state} size={11} />
                    {t(`states.${state}`)}
                  </span>
                </th>
              ))}
              <th scope="col" className="num only-l">
                {t('report.scheduled')}
              </th>
              <th scope="col" className="num only-l">
                {t('report.incidents')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.code} data-code={row.code}>
                <th scope="row" className="cut">
                  <Link className="fig" prefetch={false} href={`${institutionLink(row.code, { range })}#history`}>
                    {row.name} <span className="t3">{row.code}</span>
                  </Link>
                </th>
                <td className={`num ${row.met === false ? 'bad' : ''}`}>
                  {row.ppm === null ? (
                    <span className="t3">—</span>
                  ) : (
                    <Link className="fig" prefetch={false} href={`${institutionLink(row.code, { range })}#history`}>
                      {percentDigits(row.ppm, 4)}
                    </Link>
                  )}
                  {row.observedMs === null ? null : (
                    <span className="av-observed">{t('row.observed', { time: formatDuration(row.observedMs, locale) })}</span>
                  )}
                </td>
                <td className={`num ${row.budgetLeftMs < 0 ? 'bad' : 't2'}`}>
                  {row.ppm === null
                    ? '—'
                    : row.budgetLeftMs < 0
                      ? `−${formatDuration(-row.budgetLeftMs, locale)}`
                      : formatDuration(row.budgetLeftMs, locale)}
                </td>
                <td className="num">{time(row.times.down)}</td>
                {(['degraded', 'silent', 'planned', 'unknown'] as const).map((state) => (
                  <td key={state} className="num t2 only-l">
                    {time(row.times[state])}
                  </td>
                ))}
                <td className="num t2 only-l">{time(row.scheduledMs)}</td>
                <td className="num only-l">{row.incidents > 0 ? formatCount(row.incidents) : <span className="t3">—</span>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <div className="foot">
        <span>{t('report.rows', { count: rows.length })}</span>
        <span className="only-l">{t('report.order')}</span>
      </div>
    </div>
  );
}
