'use client';

import { useLocale, useTranslations } from 'next-intl';
import { formatCount } from '@/domain/format/count';
import { formatDuration } from '@/domain/format/duration';
import type { TracePicture } from '@/domain/tracing/canvas/picture';
import { CONSERVING_METHODS } from '@/domain/tracing/trace-answer';
import { BusinessTime } from '../figures/business-time';
import { formatLocale } from '../figures/format-locale';
import { Icon } from '../glyphs/icon';
import { minorText, spanText, type TraceUnit } from './trace-amounts';
import type { DrawnTrace } from './trace-types';

const INSTITUTIONS_LISTED = 10;

/** The whole trace, while no node is looked at: conservation by each method, what was not followed, and what can still be held back. */
export function OverviewPanel({ drawn, unit }: { readonly drawn: DrawnTrace; readonly unit: TraceUnit }) {
  const t = useTranslations('trace.panel');
  const { picture } = drawn;
  return (
    <>
      <section>
        <h2>{t('whole')}</h2>
        <p className="t2">
          {t(picture.direction === 'forward' ? 'wholeForward' : 'wholeBackward', { replayed: formatCount(picture.replayed) })}
        </p>
        {picture.asOfMs === null ? null : (
          <p className="meta">
            {t('asOf')} <BusinessTime at={new Date(picture.asOfMs)} />
          </p>
        )}
        <p className="meta">{t('pick')}</p>
      </section>
      <Sums picture={picture} unit={unit} />
      <NotFollowed picture={picture} />
      {picture.direction === 'forward' ? <Institutions drawn={drawn} unit={unit} /> : null}
    </>
  );
}

function Sums({ picture, unit }: { readonly picture: TracePicture; readonly unit: TraceUnit }) {
  const t = useTranslations('trace.panel');
  const m = useTranslations('trace.method');
  const backward = picture.direction === 'backward';
  const rows = [
    ['source', t('sumSource')],
    ['held', t(backward ? 'sumTraced' : 'sumHeld')],
    ['exited', t(backward ? 'sumEntered' : 'sumExited')],
    ...(backward ? [['unknown', t('sumUnknown')] as const] : []),
    ['difference', t('sumDifference')],
  ] as const;
  return (
    <section>
      <h2>
        {t('conservation')} <span className="unit">{unit.label}</span>
      </h2>
      <table className="tr-mini" data-testid="trace-sums">
        <thead>
          <tr>
            <td />
            {CONSERVING_METHODS.map((method) => (
              <th key={method} scope="col">
                {m(method)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([part, words]) => (
            <tr key={part} data-part={part}>
              <th scope="row">{words}</th>
              {CONSERVING_METHODS.map((method) => {
                const minor = BigInt(picture.conservation[method][part]);
                return (
                  <td key={method}>
                    {minorText(minor, unit)}
                    {part === 'difference' && minor === 0n ? <Icon name="check" small /> : null}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="meta">{t('poisonNote')}</p>
    </section>
  );
}

function NotFollowed({ picture }: { readonly picture: TracePicture }) {
  const t = useTranslations('trace');
  const locale = formatLocale(useLocale());
  return (
    <section>
      <h2>{t('panel.notFollowed')}</h2>
      {picture.pruned.length === 0 ? <p className="meta">{t('panel.allFollowed')}</p> : null}
      <ul className="tr-reasons">
        {picture.pruned.map(({ reason, accounts, limit }) => (
          <li key={reason}>
            <span className="cut">
              {t(`reason.${reason}`, {
                limit: limit === null ? '' : reason === 'wait' ? formatDuration(Number(limit), locale) : formatCount(Number(limit)),
              })}
            </span>
            <span className="meta">{t('node.accounts', { count: formatCount(accounts), n: accounts })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Institutions({ drawn, unit }: { readonly drawn: DrawnTrace; readonly unit: TraceUnit }) {
  const t = useTranslations('trace.panel');
  const locale = formatLocale(useLocale());
  const { picture, institutions } = drawn;
  const listed = picture.freezable.slice(0, INSTITUTIONS_LISTED);
  return (
    <section>
      <h2>
        {t('freezable')} <span className="unit">{unit.label}</span>
      </h2>
      {listed.length === 0 ? <p className="meta">{t('nothingLeft')}</p> : null}
      <ul className="tr-reasons">
        {listed.map(({ institution, accounts, amounts, lastAtMs }) => (
          <li key={institution ?? ''}>
            <span className="cut">{institution === null ? t('noInstitution') : (institutions[institution] ?? institution)}</span>
            <span className="meta">
              {t('freezeMeta', {
                count: formatCount(accounts),
                n: accounts,
                since: picture.asOfMs === null ? '—' : largestUnit(formatDuration(picture.asOfMs - lastAtMs, locale)),
              })}
            </span>
            <b>{spanText(BigInt(amounts.low), BigInt(amounts.high), unit)}</b>
          </li>
        ))}
      </ul>
      {picture.freezable.length > listed.length ? (
        <p className="meta">{t('freezeMore', { shown: listed.length, count: formatCount(picture.freezable.length) })}</p>
      ) : null}
    </section>
  );
}

// "13 h" of "13 h 24 min": in a list the order of magnitude is what is read.
function largestUnit(duration: string): string {
  return duration.split(' ').slice(0, 2).join(' ');
}
