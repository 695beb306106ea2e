import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { SeverityGlyph } from '@/components/glyphs/severity-glyph';
import { PageHead } from '@/components/shell/page-head';
import { Empty } from '@/components/states/empty';
import { pageContext, type SearchParams } from '@/server/page-context';
import { reconciliationRuns } from '@/server/queries/reconciliation/reconciliation-runs';
import { reconciliationState } from '@/server/queries/reconciliation/reconciliation-state';
import { requireActor } from '@/server/session';
import { CheckTable } from './_components/check-table';
import { Mismatches } from './_components/mismatches';
import './reconciliation.css';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('reconciliation');
  return { title: t('title') };
}

/** Whether every roll-up is the sum of its rows: bucket by bucket, in payments and in the amount of one currency. */
export default async function ReconciliationPage({ searchParams }: { searchParams: SearchParams }) {
  // Whoever may see what was refused may see whether what was accepted adds up: people of the platform, not of one institution.
  const actor = await requireActor('quarantine:view');
  const [t, context, search] = await Promise.all([getTranslations('reconciliation'), pageContext(actor, searchParams), searchParams]);
  const tiers = await reconciliationState(actor, { asOf: new Date() });
  const chosen = tiers.find(({ tier }) => tier === search.tier);
  const runs = await reconciliationRuns(actor, chosen ? { tier: chosen.tier } : {});
  const wrong = tiers.filter(({ lastMismatches }) => lastMismatches > 0).length;
  const tierName = (tier: string) => (t.has(`tier.${tier}`) ? t(`tier.${tier}`) : tier);
  const differing = runs.filter(({ mismatches, unread }) => mismatches.length + unread > 0);
  const shared = { currency: context.currency, tierName };
  return (
    <div className="rc">
      {chosen ? (
        <PageHead trail={[{ href: '/reconciliation', words: t('title') }]} title={tierName(chosen.tier)}>
          <span className="code">{chosen.tier}</span>
        </PageHead>
      ) : (
        <div className="head">
          <h1>{t('title')}</h1>
          <span className="meta cut only-l">{t('lead')}</span>
        </div>
      )}
      {tiers.length === 0 ? (
        <Empty why={t('none')} todo={t('noneTodo')} />
      ) : (
        <>
          {chosen ? null : (
            <p className="rc-state">
              <SeverityGlyph severity={wrong > 0 ? 'critical' : 'info'} size={14} />
              {wrong > 0 ? t('wrong', { count: wrong }) : t('well', { tiers: tiers.length })}
            </p>
          )}
          {differing.length > 0 ? <Mismatches runs={differing} tierName={tierName} /> : null}
          <section className="rc-part">
            <div className="cap">
              <h2>{chosen ? t('runs') : t('tiers')}</h2>
              <span className="meta">{chosen ? t('runsMeta') : t('tiersMeta', { currency: context.currency })}</span>
            </div>
            <CheckTable
              {...shared}
              by={chosen ? 'time' : 'tier'}
              checks={
                chosen
                  ? runs.map((run) => ({
                      id: run.id,
                      tier: run.tier,
                      at: run.finishedAt,
                      from: run.from,
                      to: run.to,
                      buckets: BigInt(run.buckets),
                      raw: run.rawCount,
                      rollup: run.rollupCount,
                      wrong: run.mismatches.length + run.unread,
                      amounts: run.amounts,
                    }))
                  : tiers.map((tier) => ({
                      id: tier.tier,
                      tier: tier.tier,
                      at: tier.lastAt,
                      from: tier.lastFrom,
                      to: tier.lastTo,
                      buckets: tier.lastBuckets,
                      checkedToday: tier.buckets,
                      raw: tier.lastRaw,
                      rollup: tier.lastRollup,
                      wrong: tier.lastMismatches,
                      amounts: tier.lastAmounts,
                    }))
              }
            />
          </section>
          <div className="foot">
            <span>{chosen ? t('foot', { shown: runs.length }) : t('footTiers', { tiers: tiers.length })}</span>
            {chosen ? (
              <Link className="lnk" href="/reconciliation" prefetch={false}>
                {t('all')}
              </Link>
            ) : (
              <span className="only-l">{t('open')}</span>
            )}
          </div>
        </>
      )}
    </div>
  );
}
