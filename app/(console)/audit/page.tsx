import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { BusinessTime } from '@/components/figures/business-time';
import { Empty } from '@/components/states/empty';
import { auditRange, parseAuditFilter } from '@/domain/evidence/audit-filter';
import { formatCount } from '@/domain/format/count';
import { withSearch } from '@/domain/links';
import { auditRows } from '@/server/queries/audit/audit-rows';
import { auditStanding } from '@/server/queries/audit/audit-standing';
import { requireActor } from '@/server/session';
import { actionWords } from './_components/action-words';
import { Checkpoints } from './_components/checkpoints';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('audit');
  return { title: t('title') };
}

/** Who saw and did what, and by which checkpoint each row is proved. */
export default async function AuditPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const actor = await requireActor('audit:view');
  const [t, search] = await Promise.all([getTranslations('audit'), searchParams]);
  const { filter, misread } = parseAuditFilter(search);
  const before = typeof search.before === 'string' && /^\d{1,18}$/.test(search.before) ? search.before : null;
  const [page, standing] = await Promise.all([
    misread.length > 0 ? { rows: [], next: null } : auditRows(actor, { filter, range: auditRange(filter, new Date()), before }),
    auditStanding(actor),
  ]);
  const subject = filter.subject && (filter.subject.id === null ? filter.subject.type : `${filter.subject.type}:${filter.subject.id}`);
  const address = {
    actor: filter.actor ?? undefined,
    action: filter.action ?? undefined,
    subject: subject ?? undefined,
    range: filter.range ?? undefined,
  };
  const isNarrowed = Object.values(address).some((value) => value !== undefined) || before !== null;
  return (
    <div className="au">
      <div className="head">
        <h1>{t('title')}</h1>
        <span className="meta cut only-l">{t('lead')}</span>
      </div>
      <form className="au-filter" method="get" action="/audit">
        <input
          className="input"
          name="actor"
          defaultValue={filter.actor ?? ''}
          placeholder={t('filter.actor')}
          aria-label={t('filter.actor')}
        />
        <input
          className="input"
          name="action"
          defaultValue={filter.action ?? ''}
          placeholder={t('filter.action')}
          aria-label={t('filter.action')}
        />
        <input
          className="input"
          name="subject"
          defaultValue={subject ?? ''}
          placeholder={t('filter.subject')}
          aria-label={t('filter.subject')}
        />
        <span className="meta">{filter.range === null ? t('allTime') : t('inRange')}</span>
        {filter.range ? <input type="hidden" name="range" value={filter.range} /> : null}
        <button type="submit" className="btn">
          {t('filter.apply')}
        </button>
        {isNarrowed ? (
          <Link className="btn quiet" href="/audit" prefetch={false}>
            {t('filter.clear')}
          </Link>
        ) : null}
      </form>
      <Checkpoints standing={standing} />
      {misread.length > 0 || page.rows.length === 0 ? (
        <div className="au-scroll">
          <Empty
            why={misread.length > 0 ? t('misread', { what: misread.join(', ') }) : t('empty')}
            action={
              <Link className="btn" href="/audit" prefetch={false}>
                {t('filter.clear')}
              </Link>
            }
          />
        </div>
      ) : (
        <section className="au-scroll" tabIndex={0} aria-label={t('title')}>
          <table className="tbl">
            <thead>
              <tr>
                <th className="num">{t('column.row')}</th>
                <th>{t('column.at')}</th>
                <th>{t('column.actor')}</th>
                <th>{t('column.action')}</th>
                <th>{t('column.subject')}</th>
                <th>{t('column.detail')}</th>
                <th>{t('column.proof')}</th>
              </tr>
            </thead>
            <tbody>
              {page.rows.map((row) => (
                <tr key={row.id}>
                  <td className="num">
                    <Link className="fig" href={`/audit/${row.id}`} prefetch={false}>
                      {row.id}
                    </Link>
                  </td>
                  <td>
                    <BusinessTime at={row.at} form="ms" />
                  </td>
                  <td>
                    <Link className="fig" href={withSearch('/audit', { ...address, actor: row.login ?? 'platform' })} prefetch={false}>
                      {row.name ?? t('platform')}
                    </Link>
                  </td>
                  <td>
                    <Link
                      className="fig"
                      href={withSearch('/audit', { ...address, action: row.action })}
                      prefetch={false}
                      title={row.action}
                    >
                      {actionWords(row.action, t)}
                    </Link>
                  </td>
                  <td>
                    <Link
                      className="fig"
                      href={withSearch('/audit', {
                        ...address,
                        subject: row.isWithheld ? row.subjectType : `${row.subjectType}:${row.subjectId}`,
                      })}
                      prefetch={false}
                      title={`${row.subjectType} ${row.subjectId}`}
                    >
                      {t.has(`subject.${row.subjectType}`) ? t(`subject.${row.subjectType}`) : row.subjectType}{' '}
                      <span className="mono t2">{row.subjectId.slice(0, 24)}</span>
                    </Link>
                  </td>
                  <td className="mono t2 au-detail" title={JSON.stringify(row.detail)}>
                    {row.isWithheld ? t('needToKnow') : Object.keys(row.detail).length === 0 ? '—' : JSON.stringify(row.detail)}
                  </td>
                  <td className={row.checkpoint === null ? 't3' : undefined}>
                    {row.checkpoint === null ? t('proof.pending') : t('proof.by', { size: formatCount(BigInt(row.checkpoint)) })}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <div className="foot">
        <span>
          {t('foot', { shown: formatCount(page.rows.length), total: formatCount(BigInt(standing.rows) + BigInt(standing.pending)) })}
        </span>
        <span className="sp" />
        {before !== null ? (
          <Link className="lnk" href={withSearch('/audit', address)} prefetch={false}>
            {t('newest')}
          </Link>
        ) : null}
        {page.next ? (
          <Link className="lnk" href={withSearch('/audit', { ...address, before: page.next })} prefetch={false}>
            {t('older')}
          </Link>
        ) : null}
      </div>
    </div>
  );
}
