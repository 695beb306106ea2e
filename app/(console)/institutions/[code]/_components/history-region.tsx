import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { BusinessTime } from '@/components/figures/business-time';
import { Duration } from '@/components/figures/duration';
import { StateGlyph } from '@/components/glyphs/state-glyph';
import { availability, budgetLeftMs, partlyObservedMs, type StateTimes } from '@/domain/connectivity/availability';
import { formatDuration } from '@/domain/format/duration';
import { momentText } from '@/domain/format/moment';
import { percentDigits } from '@/domain/format/percent';
import type { TimeRange } from '@/domain/time-range';
import type { StateBars } from '@/server/queries/connectivity/state-bars';
import type { StateStretch } from '@/server/queries/connectivity/state-history';
import { HistoryBars } from './history-bars';

const SHOWN = 8;
const STATES = ['up', 'degraded', 'silent', 'down', 'planned', 'unknown'] as const;

/** Its past on one axis, what it adds up to, and the stretches that it adds up from. */
export async function HistoryRegion(of: {
  code: string;
  name: string;
  locale: 'zh-CN' | 'en';
  axis: { bucketMs: number; from: number; bars: number; until: number };
  bars: StateBars | undefined;
  times: StateTimes;
  targetPpm: number;
  history: { readonly rows: readonly StateStretch[]; readonly total: number };
  range: TimeRange;
  until: Date;
  all: boolean;
  allHref: string;
}) {
  const t = await getTranslations('institutions');
  const { times, targetPpm, locale, history, range, until } = of;
  const sum = availability(times);
  const observedMs = partlyObservedMs(times);
  const left = budgetLeftMs(sum, targetPpm);
  const missed = sum.ppm !== null && sum.ppm < targetPpm;
  const shown = of.all ? history.rows : history.rows.slice(0, SHOWN);
  const inside = (one: StateStretch) =>
    Math.min((one.toAt ?? until).getTime(), until.getTime()) - Math.max(one.fromAt.getTime(), range.from.getTime());
  return (
    <section className="region r-t" id="history">
      <div className="cap">
        <h2>{t('history.title')}</h2>
        <span className="meta">{t('history.span', { from: momentText(range.from), to: momentText(until) })}</span>
        <span className="meta push">
          {t('history.availability')}{' '}
          <b className={missed ? 'bad' : 't1'} data-testid="availability">
            {sum.ppm === null ? '—' : `${percentDigits(sum.ppm, 3)}%`}
          </b>{' '}
          {observedMs === null ? null : <span className="t2">{t('history.observed', { time: formatDuration(observedMs, locale) })} </span>}
          {t('history.target', { target: percentDigits(targetPpm, 2) })}
        </span>
      </div>
      <HistoryBars code={of.code} name={of.name} axis={of.axis} bars={of.bars?.bars ?? ''} knownFrom={knownBar(of)} targetPpm={targetPpm} />
      <dl className="ip-times">
        {STATES.map((state) => (
          <div key={state}>
            <dt>
              <StateGlyph state={state} size={11} /> {t(`states.${state}`)}
            </dt>
            <dd data-times={state}>
              <Duration ms={times[state]} />
            </dd>
          </div>
        ))}
        <div>
          <dt>{t('history.budget')}</dt>
          <dd className={left < 0 ? 'bad' : undefined}>
            {left < 0 ? t('history.overdrawn', { time: formatDuration(-left, locale) }) : <Duration ms={left} />}
          </dd>
        </div>
      </dl>
      {history.rows.length === 0 ? (
        <p className="meta ip-note">{t('history.none')}</p>
      ) : (
        <>
          <section className="ip-scroll" tabIndex={0} aria-label={t('history.title')}>
            <table className="tbl ip-stretches">
              <thead>
                <tr>
                  <th scope="col">{t('history.state')}</th>
                  <th scope="col">{t('history.from')}</th>
                  <th scope="col">{t('history.to')}</th>
                  <th scope="col" className="num">
                    {t('history.within')}
                  </th>
                  <th scope="col" className="only-l">
                    {t('history.cause')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {shown.map((one) => (
                  <tr key={one.fromAt.getTime()} data-stretch={one.state} data-ms={inside(one)}>
                    <th scope="row">
                      <span className="row">
                        <StateGlyph state={one.state} size={11} />
                        {t(`states.${one.state}`)}
                      </span>
                    </th>
                    <td className="t2">
                      <BusinessTime at={one.fromAt} form="short" />
                    </td>
                    <td className="t2">{one.toAt ? <BusinessTime at={one.toAt} form="short" /> : t('history.open')}</td>
                    <td className="num">
                      <Duration ms={Math.max(0, inside(one))} />
                    </td>
                    <td className="t3 cut only-l">
                      {one.cause?.layer
                        ? t('history.causeText', {
                            layer: t(`layer.${one.cause.layer}`),
                            direction: one.cause.direction ? t(`direction.${one.cause.direction}`) : '',
                            line: one.cause.line ?? t('lines.every'),
                            detail: one.cause.detail ?? '',
                          })
                        : one.cause?.expected !== undefined
                          ? t('history.quiet', { expected: Math.round(one.cause.expected) })
                          : ''}
                      {one.source === 'reported' ? ` ${t('history.reported')}` : ''}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
          <p className="meta ip-note">
            {t('history.count', { shown: shown.length, total: history.total })}{' '}
            {history.total > shown.length && !of.all ? (
              <Link className="lnk" href={of.allHref} scroll={false}>
                {t('history.all')}
              </Link>
            ) : null}
          </p>
        </>
      )}
    </section>
  );
}

function knownBar({ bars, axis }: { bars: StateBars | undefined; axis: { from: number; bucketMs: number } }): number | null {
  return bars?.knownFrom ? Math.max(0, Math.round((bars.knownFrom.getTime() - axis.from) / axis.bucketMs)) : null;
}
