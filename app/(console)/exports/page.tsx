import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { BusinessTime } from '@/components/figures/business-time';
import { Empty } from '@/components/states/empty';
import { CANCELLABLE } from '@/domain/evidence/export-question';
import { formatCount } from '@/domain/format/count';
import { withSearch } from '@/domain/links';
import { allows } from '@/domain/permissions';
import { EXPORT_VIEWS, exportJobs } from '@/server/queries/exports/export-jobs';
import { requireActor } from '@/server/session';
import { JobState } from './_components/job-state';
import { WhileWorking } from './_components/while-working';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('exports');
  return { title: t('title') };
}

/** Every export that one may see, newest first: who asked, how far it is, and what waits for whom. */
export default async function ExportsPage({ searchParams }: { searchParams: Promise<{ show?: string | string[] }> }) {
  const actor = await requireActor('exports:view');
  const [t, search] = await Promise.all([getTranslations('exports'), searchParams]);
  const view = EXPORT_VIEWS.find((known) => known === search.show) ?? 'all';
  const { rows, total, toApprove } = await exportJobs(actor, { view });
  const views = EXPORT_VIEWS.filter((one) => one !== 'approval' || allows(actor.role, 'exports:approve'));
  return (
    <div className="ex">
      <WhileWorking working={rows.some(({ state }) => state !== 'asked' && CANCELLABLE.includes(state))} />
      <div className="head">
        <h1>{t('title')}</h1>
        <span className="meta cut only-l">{t('lead')}</span>
      </div>
      <div className="sub">
        <nav className="seg" aria-label={t('title')}>
          {views.map((one) => (
            <Link
              key={one}
              href={withSearch('/exports', { show: one === 'all' ? undefined : one })}
              aria-current={one === view ? 'true' : undefined}
              prefetch={false}
            >
              {t(`show.${one}`)}
              {one === 'approval' && toApprove > 0 ? ` ${formatCount(toApprove)}` : ''}
            </Link>
          ))}
        </nav>
      </div>
      {rows.length === 0 ? (
        <div className="ex-scroll">
          <Empty
            why={t('empty')}
            todo={t('emptyTodo')}
            action={
              <Link className="btn" href="/transactions">
                {t('toTransactions')}
              </Link>
            }
          />
        </div>
      ) : (
        <section className="ex-scroll" tabIndex={0} aria-label={t('title')}>
          <table className="tbl">
            <thead>
              <tr>
                <th>{t('column.asked')}</th>
                <th>{t('column.state')}</th>
                <th>{t('column.what')}</th>
                <th className="num">{t('column.rows')}</th>
                <th>{t('column.by')}</th>
                <th>{t('column.purpose')}</th>
                <th>{t('column.expires')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.id}>
                  <td>
                    <Link className="fig" href={`/exports/${row.id}`} prefetch={false}>
                      <BusinessTime at={row.requestedAt} />
                    </Link>
                  </td>
                  <td>
                    <JobState job={row} />
                  </td>
                  <td>
                    {t(`kind.${row.kind}`)} <span className="t3">{t(`masking.${row.masking}`)}</span>
                  </td>
                  <td className="num">{formatCount(row.promisedRows)}</td>
                  <td>{row.requesterName}</td>
                  <td className="t2 ex-why" title={row.purpose}>
                    {row.purpose}
                  </td>
                  <td className="t2">{row.state === 'ready' && row.expiresAt ? <BusinessTime at={row.expiresAt} /> : '—'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <div className="foot">
        <span>{t('foot', { shown: formatCount(rows.length), total: formatCount(total) })}</span>
      </div>
    </div>
  );
}
