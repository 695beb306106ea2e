import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { StateGlyph } from '@/components/glyphs/state-glyph';
import { institutionLink, withSearch } from '@/domain/links';
import { countByState, INSTITUTION_STATES } from '@/domain/overview/institution-state';
import { sinceText } from './figure-text';
import { MosaicGroups } from './mosaic-groups';
import { mosaicGroups } from './mosaic-picture';
import type { OverviewQuestions } from './overview-questions';

const NAMED_MAX = 8;

/** Every institution a square, and by name only those that are not well, worst first. */
export async function MosaicRegion({ questions, dataAt, isLive }: { questions: OverviewQuestions; dataAt: Date; isLive: boolean }) {
  const [t, states] = await Promise.all([getTranslations('overview'), questions.states]);
  const counts = countByState(states.map((one) => one.state));
  const abnormal = INSTITUTION_STATES.filter((state) => state !== 'up' && state !== 'planned').flatMap((state) =>
    states.filter((one) => one.state === state),
  );
  return (
    <section className="region r-b r-t">
      <div className="cap">
        <h2>{t('connectivity.title')}</h2>
        <Link className="meta only-l fig" href={'/institutions'}>
          {isLive ? states.length : t('asOfNow')}
        </Link>
        <span className="push meta row" style={{ gap: 10 }}>
          {(['down', 'silent', 'degraded'] as const).map((state) => (
            <Link key={state} className="ov-legend fig" href={withSearch('/institutions', { state })}>
              <StateGlyph state={state} size={11} />
              {t(`states.${state}`)} <b className="t2 strong">{counts[state]}</b>
            </Link>
          ))}
        </span>
      </div>
      <div className="fill ov-mosaic">
        <MosaicGroups groups={mosaicGroups(t, states)}>
          <div className="ov-abnormal">
            {abnormal.length === 0 ? <span className="t3">{t('connectivity.allUp')}</span> : null}
            {abnormal.slice(0, NAMED_MAX).map((one) => (
              <Link key={one.id} href={institutionLink(one.code)} className="fig">
                <StateGlyph state={one.state} size={11} />
                {one.short}
                <span className="when">{one.since ? sinceText(one.since, dataAt) : ''}</span>
              </Link>
            ))}
          </div>
          {abnormal.length > 0 ? (
            <Link className="lnk" href={withSearch('/institutions', { state: 'down,silent,degraded,unknown' })}>
              {t('connectivity.all', { count: abnormal.length })}
            </Link>
          ) : null}
        </MosaicGroups>
      </div>
    </section>
  );
}
