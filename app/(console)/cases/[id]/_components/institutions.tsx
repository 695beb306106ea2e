import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { formatCount } from '@/domain/format/count';
import { institutionLink } from '@/domain/links';
import type { CaseInstitutionRow } from '@/server/queries/cases/case-institutions';
import { linkCaseInstitution } from '../../actions';
import { Part } from './part';

type InstitutionsProps = { readonly no: string; readonly institutions: readonly CaseInstitutionRow[]; readonly workable: boolean };

/** Every institution that a payment or alert of the case names, and those that people linked. */
export function Institutions({ no, institutions, workable }: InstitutionsProps) {
  const t = useTranslations('cases');
  return (
    <Part id="institutions" title={t('detail.institutions')} meta={formatCount(institutions.length)}>
      {institutions.length === 0 ? <p className="cs-none">{t('institutions.none')}</p> : null}
      <ul className="cs-lines">
        {institutions.map((one) => (
          <li key={one.code} className="row">
            <Link className="fig cut" href={institutionLink(one.code)} prefetch={false}>
              {one.name}
            </Link>
            <span className="t3">{one.code}</span>
            <span className="push t3">
              {t.has(`institutions.kind.${one.kind}`) ? t(`institutions.kind.${one.kind as 'bank'}`) : one.kind}
              {one.linked ? ` · ${t('institutions.linked')}` : ''}
            </span>
          </li>
        ))}
      </ul>
      {workable ? (
        <form action={linkCaseInstitution} className="cs-inline">
          <input type="hidden" name="no" value={no} />
          <input
            className="input"
            name="code"
            maxLength={40}
            required
            autoComplete="off"
            aria-label={t('institutions.linkHint')}
            placeholder={t('institutions.linkHint')}
          />
          <button type="submit" className="btn">
            {t('institutions.link')}
          </button>
        </form>
      ) : null}
    </Part>
  );
}
