import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { BusinessTime } from '@/components/figures/business-time';
import { PageHead } from '@/components/shell/page-head';
import { ScreenMessages } from '@/components/shell/screen-messages';
import { CopyButton } from '@/components/ui/copy-button';
import { Toasts } from '@/components/ui/toasts';
import { formatCount } from '@/domain/format/count';
import { withSearch } from '@/domain/links';
import { allows } from '@/domain/permissions';
import { hexLines, readableText } from '@/domain/quarantine/readable-bytes';
import { toBusinessText } from '@/domain/time-range';
import { quarantinedLine } from '@/server/queries/quarantine/quarantined-line';
import { requireActor } from '@/server/session';
import { reasonWords } from '../_components/reason-words';
import { reopenQuarantined, resolveQuarantined } from '../actions';
import { LineBody } from './_components/line-body';
import { LineHandling } from './_components/line-handling';
import '../quarantine.css';

type QuarantinedLinePageProps = { readonly params: Promise<{ readonly id: string }> };

export async function generateMetadata({ params }: QuarantinedLinePageProps): Promise<Metadata> {
  const t = await getTranslations('quarantine');
  return { title: t('detail.title', { id: (await params).id.slice(0, 20) }) };
}

export default async function QuarantinedLinePage({ params }: QuarantinedLinePageProps) {
  const actor = await requireActor('quarantine:view');
  const [{ id }, locale, t] = await Promise.all([params, getLocale(), getTranslations('quarantine')]);
  const line = await quarantinedLine(actor, { id, locale });
  if (!line) notFound();
  const reason = reasonWords(line.reason, t);
  const cut = line.body.length < line.bodyLength;
  return (
    <ScreenMessages of="quarantined line">
      <div className="qt-line">
        <Toasts />
        <PageHead trail={[{ href: '/quarantine', words: t('detail.crumb') }]} title={reason.name}>
          <span className="code">{line.reason === reason.name ? null : line.reason}</span>
          <span className="sp" />
          <Link className="btn" href={withSearch('/quarantine', { reason: line.reason })} prefetch={false}>
            {t('detail.similar')}
          </Link>
        </PageHead>
        <section className="qt-why">
          <p>{reason.why}</p>
          {line.detail ? (
            <p className="t2">
              <span className="t3">{t('detail.detail')}</span> {line.detail}
            </p>
          ) : null}
        </section>
        <div className="qt-split">
          <section className="region">
            <LineBody
              title={t('detail.body')}
              meta={
                cut
                  ? t('detail.cut', { total: formatCount(line.bodyLength), kept: formatCount(line.body.length) })
                  : `${t('detail.bytes', { count: formatCount(line.bodyLength) })} · ${t('detail.bodyMeta')}`
              }
              text={readableText(line.body)}
              hex={hexLines(line.body.subarray(0, 16_384))}
            />
          </section>
          <aside className="facts">
            <section>
              <h2>{t('detail.origin')}</h2>
              <dl>
                <dt>{t('detail.institution')}</dt>
                <dd className="both">
                  {line.institutionName ?? '—'} <span className="code">{line.institutionCode}</span>
                </dd>
                <dt>{t('detail.feed')}</dt>
                <dd className="both">{t.has(`feed.${line.feed}`) ? t(`feed.${line.feed}`) : line.feed}</dd>
                <dt>{t('detail.batch')}</dt>
                <dd className="mono">{line.clientBatchId ?? '—'}</dd>
                <dd>{line.clientBatchId ? <CopyButton value={line.clientBatchId} what={t('detail.batch')} /> : null}</dd>
                <dt>{t('detail.line')}</dt>
                <dd className="both">{formatCount(line.lineNo)}</dd>
                <dt>{t('detail.field')}</dt>
                <dd className="both mono">{line.field ?? '—'}</dd>
                <dt>{t('detail.received')}</dt>
                <dd className="both">
                  <BusinessTime at={line.receivedAt} form="ms" />
                </dd>
                <dt>{t('detail.digest')}</dt>
                <dd className="mono">{line.bodyDigest}</dd>
                <dd>
                  <CopyButton value={line.bodyDigest} what={t('detail.digest')} />
                </dd>
              </dl>
            </section>
            <section>
              <h2>{t('detail.state')}</h2>
              <LineHandling
                id={line.id}
                resolved={
                  line.resolvedAt
                    ? {
                        words: t('detail.resolvedBy', { who: line.resolvedBy ?? '—', at: toBusinessText(line.resolvedAt) }),
                        note: line.resolution ?? '',
                      }
                    : null
                }
                mayResolve={allows(actor.role, 'quarantine:resolve')}
                resolve={resolveQuarantined}
                reopen={reopenQuarantined}
              />
            </section>
          </aside>
        </div>
      </div>
    </ScreenMessages>
  );
}
