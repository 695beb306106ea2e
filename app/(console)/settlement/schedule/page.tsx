import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { allows } from '@/domain/permissions';
import { businessDay, DAY_MS } from '@/domain/time-range';
import type { SearchParams } from '@/server/page-context';
import { scheduleOn, schedules } from '@/server/queries/settlement/schedule';
import { requireActor } from '@/server/session';
import { Said } from '../_components/said';
import { SettlementHead } from '../_components/settlement-head';
import { saveSchedule } from '../actions';
import { saidIn } from '../answer-to';
import { sharedOf } from '../shared-search';
import '../settlement.css';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('settlement');
  return { title: `${t('schedule.title')} · ${t('title')}` };
}

export default async function SchedulePage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor('settlement:view');
  const [t, search, versions] = await Promise.all([getTranslations('settlement'), searchParams, schedules(actor)]);
  const now = new Date();
  const current = scheduleOn(versions, businessDay(now));
  return (
    <div className="st">
      <SettlementHead at="schedule" shared={sharedOf(search)}>
        <span className="meta cut only-l">{t('schedule.lead')}</span>
      </SettlementHead>
      <Said said={saidIn(search)} />
      <section className="st-scroll" tabIndex={0} aria-label={t('schedule.title')}>
        <table className="tbl">
          <thead>
            <tr>
              <th>{t('schedule.from')}</th>
              <th>{t('schedule.cutOffs')}</th>
              <th className="num">{t('schedule.netting')}</th>
              <th className="num">{t('schedule.pace')}</th>
              <th>{t('schedule.agent')}</th>
              <th>{t('schedule.by')}</th>
            </tr>
          </thead>
          <tbody>
            {versions.map((version) => (
              <tr key={version.effectiveFrom}>
                <td>
                  {version.effectiveFrom === '1970-01-01' ? t('schedule.always') : version.effectiveFrom}{' '}
                  {version === current ? <span className="chip accent">{t('schedule.current')}</span> : null}
                </td>
                <td>{version.cutOffs.map(clock).join('  ')}</td>
                <td className="num">{t('schedule.minutes', { count: version.nettingMinutes })}</td>
                <td className="num">{t('schedule.minutes', { count: version.paceMinutes })}</td>
                <td>{version.agentRequired ? t('schedule.yes') : t('schedule.no')}</td>
                <td className="t2">{version.createdBy ?? '—'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <div className="cap">
        <h2>{t('schedule.new')}</h2>
        <span className="meta">{t('schedule.newMeta')}</span>
      </div>
      {allows(actor.role, 'settlement:schedule') ? (
        <form className="st-form" action={saveSchedule}>
          <input type="hidden" name="back" value="/settlement/schedule" />
          <label htmlFor="day">{t('schedule.day')}</label>
          <input
            className="input"
            id="day"
            name="day"
            type="date"
            required
            defaultValue={businessDay(new Date(now.getTime() + 2 * DAY_MS))}
          />
          <label htmlFor="cut-offs">{t('schedule.cutOffs')}</label>
          <input
            className="input"
            id="cut-offs"
            name="cutOffs"
            required
            autoComplete="off"
            placeholder={t('schedule.cutOffsHint')}
            defaultValue={current.cutOffs.map(clock).join(', ')}
          />
          <label htmlFor="netting">{t('schedule.netting')}</label>
          <input
            className="input"
            id="netting"
            name="netting"
            type="number"
            min={0}
            max={720}
            required
            defaultValue={current.nettingMinutes}
          />
          <label htmlFor="pace">{t('schedule.pace')}</label>
          <input className="input" id="pace" name="pace" type="number" min={1} max={240} required defaultValue={current.paceMinutes} />
          <label htmlFor="agent">{t('schedule.agent')}</label>
          <input id="agent" name="agent" type="checkbox" defaultChecked={current.agentRequired} />
          <button type="submit" className="btn main">
            {t('schedule.save')}
          </button>
        </form>
      ) : (
        <p className="st-note t2">{t('schedule.mayNot')}</p>
      )}
    </div>
  );
}

function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}
