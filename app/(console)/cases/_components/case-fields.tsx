import { useTranslations } from 'next-intl';

type CaseFieldsProps = { readonly title?: string; readonly summary?: string; readonly due?: string };

/** What a case is about and when it is due, as fields of a form. */
export function CaseFields({ title = '', summary = '', due = '' }: CaseFieldsProps) {
  const t = useTranslations('cases.open');
  return (
    <>
      <label>
        <span>{t('name')}</span>
        <input
          className="input"
          name="title"
          defaultValue={title}
          minLength={2}
          maxLength={200}
          required
          autoComplete="off"
          placeholder={t('nameHint')}
        />
      </label>
      <label>
        <span>{t('summary')}</span>
        <textarea className="input cs-area" name="summary" defaultValue={summary} maxLength={4000} rows={5} />
      </label>
      <label className="cs-short">
        <span>{t('due')}</span>
        <input className="input" type="date" name="due" defaultValue={due} />
      </label>
    </>
  );
}
