import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { Amount } from '@/components/figures/amount';
import { BusinessTime } from '@/components/figures/business-time';
import { Trail } from '@/components/shell/trail';
import { CopyButton } from '@/components/ui/copy-button';
import { clearedLink, cutOverCellLink, cutOverLink, debitsLink } from '@/domain/cut-over/cut-over-links';
import { formatCount } from '@/domain/format/count';
import { allows } from '@/domain/permissions';
import { certificateDetail } from '@/server/queries/cut-over/certificates';
import { partyNames } from '@/server/queries/cut-over/party-names';
import { requireActor } from '@/server/session';
import { decideOnCertificate, rerun } from '../../actions';
import { DecisionForm } from './_components/decision-form';
import { PrintButton } from './_components/print-button';
import { ReasonList } from './_components/reason-list';
import { RerunForm } from './_components/rerun-form';

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('cutover');
  return { title: t('certificate.page') };
}

/** One certificate, or one request and why it was withheld: a page that prints as a document. */
export default async function CertificatePage({ params }: Props) {
  const actor = await requireActor('cutover:view');
  const [t, locale, { id }] = await Promise.all([getTranslations('cutover'), getLocale(), params]);
  const detail = /^[0-9a-f-]{36}$/.test(id) ? await certificateDetail(actor, id) : null;
  if (!detail) notFound();
  const { evidence, certificate } = detail;
  const names = await partyNames(locale);
  const { subject, period } = evidence;
  const link = { institution: subject.institution, bank: subject.bank, businessType: subject.businessType };
  const span = { from: period.from, to: period.to, currency: subject.currency };
  const short = (number: number) => names.get(number)?.short ?? '';
  const full = (side: 'institution' | 'bank') =>
    certificate
      ? certificate.names[side][locale === 'en' ? 'en' : 'zh']
      : short(side === 'institution' ? detail.institutionId : detail.bankId);
  const money = (minor: string) => <Amount minor={minor} currency={subject.currency} withUnit />;
  return (
    <div className="co co-doc-page">
      <div className="head co-screen">
        <Trail
          steps={[
            { href: cutOverLink(), words: t('title') },
            { href: '/cutover/certificates', words: t('certificates.title') },
          ]}
        />
        <span className={detail.state === 'issued' ? 'chip accent' : detail.state === 'withheld' ? 'chip critical' : 'chip'}>
          {t(`certificate.state.${detail.state}`)}
        </span>
        <span className="sp" />
        <Link className="btn" href={cutOverCellLink(link)} prefetch={false}>
          {t('certificate.toCell')}
        </Link>
        <PrintButton />
        {detail.document ? (
          <a className="btn main" href={`/cutover/certificates/${id}/document`} download>
            {t('certificate.download')}
          </a>
        ) : null}
      </div>
      <RerunForm id={id} batch={evidence.watermark.batch} rerun={rerun} />
      {detail.state === 'requested' && allows(actor.role, 'cutover:govern') ? (
        <DecisionForm id={id} evidenceSha256={detail.evidenceSha256} own={detail.requestedBy === actor.id} decide={decideOnCertificate} />
      ) : null}
      <article className="co-doc">
        <header>
          <h1>{detail.state === 'issued' ? t('certificate.page') : t(`certificate.pageOf.${detail.state}`)}</h1>
          <p className="co-claim">
            {t(detail.state === 'withheld' ? 'certificate.claimNot' : 'certificate.claim', {
              institution: full('institution'),
              bank: full('bank'),
              type: t(`type.${subject.businessType}`),
              from: period.from,
              to: period.to,
            })}
          </p>
        </header>
        {detail.reasons.length > 0 ? <ReasonList reasons={detail.reasons} currency={subject.currency} /> : null}
        <section>
          <h2>{t('doc.sides')}</h2>
          <table className="tbl">
            <thead>
              <tr>
                <th />
                <th className="num">{full('institution')}</th>
                <th className="num">{full('bank')}</th>
                <th className="num">{t('sides.clearing')}</th>
              </tr>
            </thead>
            <tbody>
              <tr>
                <th scope="row">{t('sides.cleared')}</th>
                <td className="num">{formatCount(BigInt(evidence.institution.declarations.clearedCount))}</td>
                <td className="num">{formatCount(BigInt(evidence.bank.declarations.clearedCount))}</td>
                <td className="num">
                  <Link className="fig" href={clearedLink({ ...link, ...span })} prefetch={false}>
                    {formatCount(BigInt(evidence.clearing.records.count))}
                  </Link>
                </td>
              </tr>
              <tr>
                <th scope="row">{t('doc.amount')}</th>
                <td className="num">{money(evidence.institution.declarations.clearedMinor)}</td>
                <td className="num">{money(evidence.bank.declarations.clearedMinor)}</td>
                <td className="num">{money(evidence.clearing.records.minor)}</td>
              </tr>
              <tr>
                <th scope="row">{t('sides.direct')}</th>
                <td className="num">{formatCount(BigInt(evidence.institution.declarations.directCount))}</td>
                <td className="num">{formatCount(BigInt(evidence.bank.declarations.directCount))}</td>
                <td className="num t3">{t('sides.unseen')}</td>
              </tr>
              <tr>
                <th scope="row">{t('sides.single')}</th>
                <td className="num t3">—</td>
                <td className="num">
                  <Link className="fig" href={debitsLink({ ...link, ...span, kind: 'all' })} prefetch={false}>
                    {formatCount(BigInt(evidence.bank.debits.count))}
                  </Link>
                </td>
                <td className="num">{t('doc.unconfirmed', { count: formatCount(BigInt(evidence.clearing.unconfirmed.count)) })}</td>
              </tr>
              <tr>
                <th scope="row">{t('sides.residual')}</th>
                <td className="num t3">—</td>
                <td className="num">
                  <Link className="fig" href={debitsLink({ ...link, ...span, kind: 'residual' })} prefetch={false}>
                    {formatCount(BigInt(evidence.bank.residual.count))}
                  </Link>
                </td>
                <td className="num t3">—</td>
              </tr>
              <tr>
                <th scope="row">{t('sides.days')}</th>
                <td className="num">{t('daysOf', { days: evidence.institution.declarations.days, of: evidence.days.length })}</td>
                <td className="num">{t('daysOf', { days: evidence.bank.declarations.days, of: evidence.days.length })}</td>
                <td className="num">
                  {t('daysOf', { days: evidence.days.filter(({ clearing }) => clearing.count !== '0').length, of: evidence.days.length })}
                </td>
              </tr>
            </tbody>
          </table>
        </section>
        <section>
          <h2>{t('doc.result')}</h2>
          <dl className="co-results">
            <Fact label={t('tile.shareCount')} value={percent(evidence.result.migratedByCount)} />
            <Fact label={t('tile.shareValue')} value={percent(evidence.result.migratedByValue)} />
            <Fact
              label={t('column.coverage')}
              value={`${percent(evidence.result.agreementCoverage)} (${evidence.agreements.covered}/${evidence.agreements.used})`}
            />
            <Fact label={t('column.nested')} value={evidence.bank.nested.count} />
            <Fact label={t('doc.gate')} value={`${evidence.gate.percent}%`} />
            <Fact label={t('doc.gaps')} value={String(evidence.gaps.silentHours.length)} />
          </dl>
        </section>
        <section>
          <h2>{t('doc.rests')}</h2>
          <p className="meta">
            {t('doc.watermark', { xid: evidence.watermark.xid, batch: evidence.watermark.batch })} ·{' '}
            <BusinessTime at={evidence.watermark.at} /> UTC+8 ·{' '}
            {t('doc.rule', {
              version: evidence.rules.matching,
              seconds: evidence.rules.keysToleranceSeconds,
              days: evidence.rules.minimumDays,
            })}
          </p>
          <table className="tbl co-digests">
            <thead>
              <tr>
                <th>{t('doc.what')}</th>
                <th className="num">{t('doc.rows')}</th>
                <th>SHA-256</th>
              </tr>
            </thead>
            <tbody>
              <Digest what={t('doc.records')} rows={evidence.clearing.records.count} sha256={evidence.clearing.sha256} />
              <Digest what={t('doc.debits')} rows={evidence.bank.debits.count} sha256={evidence.bank.sha256} />
              <Digest
                what={t('doc.bankDeclarations')}
                rows={String(evidence.bank.declarations.days)}
                sha256={evidence.bank.declarations.sha256}
              />
              <Digest
                what={t('doc.institutionDeclarations')}
                rows={String(evidence.institution.declarations.days)}
                sha256={evidence.institution.declarations.sha256}
              />
              {evidence.sources.map((source) => (
                <Digest
                  key={`${source.institution} ${source.feed}`}
                  what={t('doc.batches', { institution: source.institution, feed: t(`feed.${source.feed}`) })}
                  rows={t('doc.batchCount', { batches: source.batches })}
                  sha256={source.sha256}
                />
              ))}
              <Digest what={t('doc.evidence')} rows="" sha256={detail.evidenceSha256} />
            </tbody>
          </table>
        </section>
        <section>
          <h2>{t('doc.days')}</h2>
          <table className="tbl">
            <thead>
              <tr>
                <th>{t('column.day')}</th>
                <th className="num">{t('sides.clearing')}</th>
                <th className="num">{t('days.debits')}</th>
                <th className="num">{t('column.residual')}</th>
                <th className="num">{t('doc.bankSaid')}</th>
                <th className="num">{t('doc.institutionSaid')}</th>
              </tr>
            </thead>
            <tbody>
              {evidence.days.map((day) => (
                <tr key={day.day}>
                  <td>{day.day}</td>
                  <td className="num">{formatCount(BigInt(day.clearing.count))}</td>
                  <td className="num">{formatCount(BigInt(day.debits.count))}</td>
                  <td className={day.residual.count === '0' ? 'num' : 'num co-bad'}>{formatCount(BigInt(day.residual.count))}</td>
                  <td className="num">{said(day.bank)}</td>
                  <td className="num">{said(day.institution)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
        <section>
          <h2>{t('doc.people')}</h2>
          <dl className="co-results">
            <Fact label={t('doc.requested')} value={`${detail.requesterName} · ${detail.requestNote}`} at={detail.requestedAt} />
            {detail.decidedAt ? (
              <Fact
                label={t(detail.state === 'declined' ? 'doc.declined' : 'doc.approved')}
                value={`${detail.deciderName ?? ''} · ${detail.decisionNote ?? ''}`}
                at={detail.decidedAt}
              />
            ) : null}
          </dl>
        </section>
        {certificate ? (
          <section>
            <h2>{t('doc.signature')}</h2>
            <dl className="co-signature">
              <dt>{t('doc.id')}</dt>
              <dd className="mono">{certificate.id}</dd>
              <dt>{t('doc.key')}</dt>
              <dd className="mono">
                {certificate.key.fingerprint} <CopyButton value={certificate.key.fingerprint} what={t('doc.key')} />
              </dd>
              <dt>Ed25519</dt>
              <dd className="mono">{certificate.signature}</dd>
            </dl>
            <p className="meta">
              {t('doc.verify')}{' '}
              <code className="mono">npx headwater certificate verify FILE --fingerprint {certificate.key.fingerprint.slice(0, 12)}…</code>{' '}
              {t('doc.verifyOr')}{' '}
              <a className="lnk co-screen" href="/verify-cut-over-certificate.mjs" download>
                verify-cut-over-certificate.mjs
              </a>
            </p>
          </section>
        ) : null}
      </article>
    </div>
  );

  function said(side: (typeof evidence.days)[number]['bank']) {
    if (!side) return <span className="co-bad">{t('sides.nothing')}</span>;
    return t('days.declared', { cleared: formatCount(BigInt(side.clearedCount)), direct: formatCount(BigInt(side.directCount)) });
  }
}

function Fact({ label, value, at }: { readonly label: string; readonly value: string; readonly at?: Date }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {at ? (
          <>
            <BusinessTime at={at} /> ·{' '}
          </>
        ) : null}
        {value}
      </dd>
    </div>
  );
}

function Digest({ what, rows, sha256 }: { readonly what: string; readonly rows: string; readonly sha256: string }) {
  return (
    <tr>
      <td>{what}</td>
      <td className="num">{/^\d+$/.test(rows) ? formatCount(BigInt(rows)) : rows}</td>
      <td className="mono co-hash">{sha256}</td>
    </tr>
  );
}

/** "0.987654" as "98.7654%", digit by digit. */
function percent(share: string | null): string {
  if (share === null) return '—';
  const millionths = Number(share.replace('.', ''));
  return `${Math.floor(millionths / 10_000)}.${String(millionths % 10_000).padStart(4, '0')}%`;
}
