import type { Metadata } from 'next';
import Link from 'next/link';
import { getLocale, getTranslations } from 'next-intl/server';
import { BusinessTime } from '@/components/figures/business-time';
import { PageHead } from '@/components/shell/page-head';
import { Empty } from '@/components/states/empty';
import { certificateLink, cutOverLink } from '@/domain/cut-over/cut-over-links';
import { withSearch } from '@/domain/links';
import { type CertificateState, certificates } from '@/server/queries/cut-over/certificates';
import { partyNames } from '@/server/queries/cut-over/party-names';
import { requireActor } from '@/server/session';

const STATES: readonly CertificateState[] = ['requested', 'issued', 'withheld', 'declined'];

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('cutover');
  return { title: t('certificates.title') };
}

/** Every request and certificate, newest first. */
export default async function CertificatesPage({ searchParams }: { searchParams: Promise<{ state?: string }> }) {
  const actor = await requireActor('cutover:view');
  const [t, locale, search] = await Promise.all([getTranslations('cutover'), getLocale(), searchParams]);
  const state = STATES.find((known) => known === search.state);
  const [{ rows, total }, names] = await Promise.all([certificates(actor, state ? { state } : {}), partyNames(locale)]);
  return (
    <div className="co">
      <PageHead trail={[{ href: cutOverLink(), words: t('title') }]} title={t('certificates.title')} />
      <div className="sub">
        <nav className="seg" aria-label={t('certificates.state')}>
          <Link href="/cutover/certificates" aria-current={state === undefined ? 'true' : undefined} prefetch={false}>
            {t('allStates')}
          </Link>
          {STATES.map((one) => (
            <Link
              key={one}
              href={withSearch('/cutover/certificates', { state: one })}
              aria-current={one === state ? 'true' : undefined}
              prefetch={false}
            >
              {t(`certificate.state.${one}`)}
            </Link>
          ))}
        </nav>
      </div>
      {rows.length === 0 ? (
        <Empty why={t('certificates.empty')} todo={t('certificates.emptyTodo')} />
      ) : (
        <div className="co-scroll fill">
          <table className="tbl">
            <thead>
              <tr>
                <th>{t('certificates.requestedAt')}</th>
                <th>{t('certificates.state')}</th>
                <th>{t('column.institution')}</th>
                <th>{t('column.bank')}</th>
                <th>{t('column.type')}</th>
                <th>{t('certificates.period')}</th>
                <th>{t('certificates.why')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.id}>
                  <td>
                    <Link className="fig" href={certificateLink(row.id)} prefetch={false}>
                      <BusinessTime at={row.requestedAt} />
                    </Link>
                  </td>
                  <td>
                    <span className={row.state === 'issued' ? 'chip accent' : row.state === 'withheld' ? 'chip critical' : 'chip'}>
                      {t(`certificate.state.${row.state}`)}
                    </span>
                  </td>
                  <td>
                    {names.get(row.institutionId)?.short} <span className="code">{names.get(row.institutionId)?.code}</span>
                  </td>
                  <td>
                    {names.get(row.bankId)?.short} <span className="code">{names.get(row.bankId)?.code}</span>
                  </td>
                  <td>{t(`type.${row.businessType}`)}</td>
                  <td>
                    {row.from} – {row.to}
                  </td>
                  <td className="t2">{row.reasons.map(({ code }) => t(`withheld.${code}.name`)).join(t('join'))}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <div className="foot">
        <span>{t('certificates.foot', { shown: rows.length, total })}</span>
      </div>
    </div>
  );
}
