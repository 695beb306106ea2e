import { getTranslations } from 'next-intl/server';
import { Sankey } from '@/components/charts/sankey';
import { Throughput } from '@/components/charts/throughput';
import { StateGlyph } from '@/components/glyphs/state-glyph';
import { countByState, INSTITUTION_STATES } from '@/domain/overview/institution-state';
import type { PageContext } from '@/server/page-context';
import { sinceText } from './figure-text';
import { flowsPicture } from './flows-picture';
import { MosaicGroups } from './mosaic-groups';
import { mosaicGroups } from './mosaic-picture';
import type { OverviewQuestions } from './overview-questions';
import { StateLine } from './state-line';
import { throughputPicture } from './throughput-picture';
import { AmountTile, LatencyTile, OnlineTile, QuarantineTile, SuccessTile, ThroughputTile } from './tiles';
import { WallClock } from './wall-clock';

const TEXT_PX = 24;
const NAMED_MAX = 7;
const TILES = [ThroughputTile, AmountTile, SuccessTile, LatencyTile, OnlineTile, QuarantineTile];

/**
 * The overview for a screen across the room, 1920 × 1080: covers the shell, never scrolls, says nothing smaller than 24 px and names
 * institutions only, no person and no account.
 */
export async function Wall({
  questions,
  context,
  dataAt,
  simulated,
}: {
  questions: OverviewQuestions;
  context: PageContext;
  dataAt: Date | null;
  simulated: boolean;
}) {
  const t = await getTranslations('overview');
  const at = dataAt ?? new Date();
  const [states, trend, flows] = await Promise.all([
    questions.states,
    throughputPicture(t, { questions, context, dataAt: at }),
    flowsPicture(t, { questions, context }),
  ]);
  const counts = countByState(states.map((one) => one.state));
  const abnormal = INSTITUTION_STATES.filter((state) => state !== 'up' && state !== 'planned').flatMap((state) =>
    states.filter((one) => one.state === state),
  );
  return (
    <section className="wall" aria-label={t('wall.label')}>
      {simulated ? <p className="wall-notice">{t('wall.simulated')}</p> : <span />}
      <header>
        <StateLine questions={questions} context={context} dataAt={dataAt} glyphPx={30} />
        <WallClock />
      </header>
      <section className="ov-tiles" aria-label={t('tiles.label')}>
        {TILES.map((Figure) => (
          <Figure key={Figure.name} questions={questions} context={context} shapeless />
        ))}
      </section>
      <section className="wall-trend">
        <h2>
          {trend.title} <span>{[trend.unit, trend.labels.band].filter(Boolean).join(' · ')}</span>
        </h2>
        <div>
          <Throughput {...trend.chart} textPx={TEXT_PX} />
        </div>
      </section>
      <section className="wall-flows">
        <h2>
          {t('flows.title')} <span>{flows.caption}</span>
        </h2>
        <div>
          <Sankey left={flows.left} right={flows.right} bands={flows.bands} summary={flows.summary} textPx={TEXT_PX} />
        </div>
      </section>
      <section className="wall-states">
        <h2>
          {t('connectivity.title')}{' '}
          <span>
            {(['down', 'silent', 'degraded'] as const).map((state) => (
              <span key={state} className="n">
                <StateGlyph state={state} size={22} label={t(`states.${state}`)} /> {counts[state]}
              </span>
            ))}
          </span>
        </h2>
        <div className="ov-mosaic">
          <MosaicGroups groups={mosaicGroups(t, states)} textPx={TEXT_PX}>
            {null}
          </MosaicGroups>
        </div>
        <ul>
          {abnormal.slice(0, NAMED_MAX).map((one) => (
            <li key={one.id}>
              <StateGlyph state={one.state} size={22} label={t(`states.${one.state}`)} />
              <span className="cut">{one.short}</span>
              <span className="t3">{one.since ? sinceText(one.since, at) : ''}</span>
            </li>
          ))}
          {abnormal.length > NAMED_MAX ? (
            <li className="more t3">{t('connectivity.others', { count: abnormal.length - NAMED_MAX })}</li>
          ) : null}
        </ul>
      </section>
    </section>
  );
}
