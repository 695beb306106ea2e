import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { BusinessTime } from '@/components/figures/business-time';
import { Duration } from '@/components/figures/duration';
import { StateGlyph } from '@/components/glyphs/state-glyph';
import { institutionLink } from '@/domain/links';
import type { Incident } from '@/server/queries/connectivity/incidents';
import { acknowledge } from '../actions';
import { StepForm } from './step-form';

/** Incidents as rows: what failed where, since when, for whom, and who is on it. */
export function IncidentList({ rows, now, mayAcknowledge }: { rows: readonly Incident[]; now: Date; mayAcknowledge: boolean }) {
  const t = useTranslations('institutions');
  return (
    <ul className="inc-list">
      {rows.map((one) => {
        const lasted = (one.closedAt ?? now).getTime() - one.openedAt.getTime();
        return (
          <li
            key={one.id}
            className={one.closedAt ? 'is-over' : undefined}
            data-incident={one.id}
            data-state={one.closedAt ? 'closed' : 'open'}
          >
            <StateGlyph state={one.state} size={13} label={t(`states.${one.state}`)} />
            <div className="inc-what">
              <p>
                <b>{one.scope === 'line' ? t('incidents.line', { line: one.line ?? '' }) : (one.names[0] ?? '')}</b>{' '}
                {t(`states.${one.state}`)}
                {one.layer ? <span className="t2"> · {t('incidents.layer', { layer: t(`layer.${one.layer}`) })}</span> : null}
                {one.direction ? <span className="t2"> · {t(`direction.${one.direction}`)}</span> : null}
                {one.detail ? <span className="t3 inc-detail"> · {one.detail}</span> : null}
              </p>
              {one.scope === 'line' || one.members > 1 ? (
                <details>
                  <summary>{t('incidents.members', { count: one.members })}</summary>
                  <p className="inc-members">
                    {one.codes.map((code, i) => (
                      <Link key={code} className="fig" prefetch={false} href={institutionLink(code)}>
                        {one.names[i]}
                      </Link>
                    ))}
                    {one.members > one.codes.length ? (
                      <span className="t3">{t('incidents.more', { shown: one.codes.length, total: one.members })}</span>
                    ) : null}
                  </p>
                </details>
              ) : (
                <p>
                  <Link className="lnk" prefetch={false} href={institutionLink(one.codes[0] ?? '')}>
                    {one.codes[0]}
                  </Link>
                </p>
              )}
            </div>
            <div className="inc-when num">
              <p>
                <BusinessTime at={one.openedAt} form="short" />
                {one.closedAt ? (
                  <>
                    {' – '}
                    <BusinessTime at={one.closedAt} form="minute" />
                  </>
                ) : null}
              </p>
              <p className="t3">
                {one.closedAt ? t('incidents.lasted') : t('incidents.going')} <Duration ms={Math.max(0, lasted)} />
              </p>
            </div>
            <div className="inc-ack">
              {one.acknowledgedAt ? (
                <p>
                  <span className="t3">
                    ✓ {one.acknowledgedBy} <BusinessTime at={one.acknowledgedAt} form="minute" />
                  </span>
                  <br />
                  {one.note}
                </p>
              ) : one.closedAt ? (
                <p className="t3">{t('incidents.unacknowledged')}</p>
              ) : mayAcknowledge ? (
                <StepForm
                  action={acknowledge}
                  fields={{ id: one.id }}
                  open={t('incidents.acknowledge')}
                  submit={t('incidents.confirm')}
                  noteLabel={t('incidents.note')}
                />
              ) : (
                <p className="t3">{t('incidents.waitingOne')}</p>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
