import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { BusinessTime } from '@/components/figures/business-time';
import { Trail } from '@/components/shell/trail';
import { formatCount } from '@/domain/format/count';
import { auditRow } from '@/server/queries/audit/audit-row';
import { inclusionOf } from '@/server/queries/audit/inclusion-of';
import { requireActor } from '@/server/session';
import { actionWords } from '../_components/action-words';

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('audit');
  return { title: t('title') };
}

/** One row of the log, whole, with the way from it to a signed root, computed again for this page. */
export default async function AuditRowPage({ params }: Props) {
  const actor = await requireActor('audit:view');
  const [t, { id }] = await Promise.all([getTranslations('audit'), params]);
  const row = /^\d{1,18}$/.test(id) ? await auditRow(actor, { id }) : null;
  if (!row) notFound();
  const proven = await inclusionOf(actor, { id });
  return (
    <div className="au">
      <div className="head">
        <Trail steps={[{ href: '/audit', words: t('title') }]} />
        <h1>{t('rowTitle', { id })}</h1>
        {proven ? (
          <span className={proven.holds ? 'chip accent' : 'chip critical'}>{t(proven.holds ? 'proof.holds' : 'proof.broken')}</span>
        ) : (
          <span className="chip">{t('proof.pending')}</span>
        )}
      </div>
      <article className="au-scroll au-doc" tabIndex={0} aria-label={t('rowTitle', { id })}>
        <section>
          <dl>
            <dt>{t('column.at')}</dt>
            <dd>
              <BusinessTime at={row.at} form="ms" />
            </dd>
            <dt>{t('column.actor')}</dt>
            <dd>{row.login === null ? t('platform') : `${row.name} (${row.login})`}</dd>
            <dt>{t('column.action')}</dt>
            <dd>
              {actionWords(row.action, t)} <span className="mono t3">{row.action}</span>
            </dd>
            <dt>{t('column.subject')}</dt>
            <dd className="mono">
              {row.subjectType} {row.isWithheld ? t('needToKnow') : row.subjectId}
            </dd>
          </dl>
        </section>
        <section>
          <h2>{t('column.detail')}</h2>
          {row.isWithheld ? <p>{t('needToKnow')}</p> : <pre className="mono">{JSON.stringify(row.detail, null, 2)}</pre>}
        </section>
        {proven ? (
          <section>
            <h2>{t('column.proof')}</h2>
            <dl>
              <dt>{t('proof.leaf')}</dt>
              <dd>{formatCount(BigInt(proven.proof.index))}</dd>
              <dt>{t('proof.checkpoint')}</dt>
              <dd>
                {t('proof.by', { size: formatCount(BigInt(proven.proof.checkpoint.size)) })} ·{' '}
                <BusinessTime at={proven.proof.checkpoint.at} />
              </dd>
              <dt>{t('checkpoint.root')}</dt>
              <dd className="mono">{proven.proof.checkpoint.root}</dd>
              <dt>{t('proof.key')}</dt>
              <dd className="mono">{proven.proof.checkpoint.key.fingerprint}</dd>
            </dl>
            {row.isWithheld ? null : (
              <pre className="mono">{JSON.stringify({ ...proven.proof, detail: proven.detail, salt: proven.salt }, null, 2)}</pre>
            )}
          </section>
        ) : null}
      </article>
    </div>
  );
}
