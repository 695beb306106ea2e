import { useLocale } from 'next-intl';

export type NamedInstitution = {
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly shortZh?: string;
  readonly shortEn?: string;
};

type InstitutionNameProps = {
  readonly institution: NamedInstitution;
  readonly form?: 'full' | 'short';
  readonly withCode?: boolean;
};

/** An institution in the reader's language, its full name and code on hover. */
export function InstitutionName({ institution, form = 'full', withCode = false }: InstitutionNameProps) {
  const zh = useLocale() !== 'en';
  const full = zh ? institution.nameZh : institution.nameEn;
  const short = (zh ? institution.shortZh : institution.shortEn) || full;
  return (
    <span className="cut" title={`${full} · ${institution.code}`}>
      {form === 'short' ? short : full}
      {withCode ? <span className="code"> {institution.code}</span> : null}
    </span>
  );
}
