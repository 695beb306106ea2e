'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useActionState, useEffect } from 'react';
import { BusinessTime } from '@/components/figures/business-time';
import { certificateLink } from '@/domain/cut-over/cut-over-links';
import type { CertificateRow } from '@/server/queries/cut-over/certificates';
import type { FormOutcome } from '../../../../actions';

type CertificateRegionProps = {
  readonly held: readonly CertificateRow[];
  readonly total: number;
  readonly mayGovern: boolean;
  readonly cell: { readonly institution: string; readonly bank: string; readonly businessType: string };
  readonly currency: string;
  readonly from: string;
  readonly to: string;
  readonly ask: (before: FormOutcome, form: FormData) => Promise<FormOutcome>;
};

/** Certificates of the cell, and the form that asks for one: what comes of it, a request or a refusal with reasons, has its own page. */
export function CertificateRegion({ held, total, mayGovern, cell, currency, from, to, ask }: CertificateRegionProps) {
  const t = useTranslations('cutover');
  const router = useRouter();
  const [outcome, act, waiting] = useActionState(ask, { kind: 'idle' });
  useEffect(() => {
    if (outcome.kind === 'done' && outcome.id) router.push(certificateLink(outcome.id));
  }, [outcome, router]);
  return (
    <section className="co-certs">
      <div className="cap">
        <h2>{t('certificate.title')}</h2>
        <span className="meta">{t('certificate.of', { count: total })}</span>
      </div>
      {held.length === 0 ? <p className="co-line t2">{t('certificate.none')}</p> : null}
      <ul className="co-history">
        {held.slice(0, 8).map((one) => (
          <li key={one.id}>
            <Link className="fig row" href={certificateLink(one.id)} prefetch={false}>
              <span className={one.state === 'issued' ? 'chip accent' : one.state === 'withheld' ? 'chip critical' : 'chip'}>
                {t(`certificate.state.${one.state}`)}
              </span>
              {one.from} – {one.to}
            </Link>
            <span className="meta">
              <BusinessTime at={one.requestedAt} form="short" />
              {one.reasons.length > 0 ? ` · ${t('certificate.reasons', { count: one.reasons.length })}` : ''}
            </span>
          </li>
        ))}
      </ul>
      {mayGovern ? (
        <form className="co-form" action={act}>
          <input type="hidden" name="institution" value={cell.institution} />
          <input type="hidden" name="bank" value={cell.bank} />
          <input type="hidden" name="businessType" value={cell.businessType} />
          <input type="hidden" name="currency" value={currency} />
          <div className="co-pair">
            <label>
              {t('certificate.from')}
              <input className="input" type="date" name="from" defaultValue={from} max={to} required />
            </label>
            <label>
              {t('certificate.to')}
              <input className="input" type="date" name="to" defaultValue={to} max={to} required />
            </label>
          </div>
          <label>
            {t('note')}
            <input className="input" name="note" minLength={2} maxLength={500} required autoComplete="off" />
          </label>
          <div className="co-actions">
            <button type="submit" className="btn" disabled={waiting}>
              {waiting ? t('certificate.taking') : t('certificate.ask')}
            </button>
          </div>
          {outcome.kind === 'invalid' ? <p role="alert">{t('invalid')}</p> : null}
        </form>
      ) : null}
    </section>
  );
}
