import { useTranslations } from 'next-intl';
import { CopyButton } from '@/components/ui/copy-button';
import type { Contact } from '@/server/queries/connectivity/contacts';

/** Whom to call, by duty. */
export function ContactsRegion({ contacts }: { contacts: readonly Contact[] }) {
  const t = useTranslations('institutions');
  return (
    <section className="region r-t" id="contacts">
      <div className="cap">
        <h2>{t('contacts.title')}</h2>
      </div>
      {contacts.length === 0 ? (
        <p className="meta ip-note">{t('contacts.none')}</p>
      ) : (
        <ul className="ip-contacts">
          {contacts.map((one) => (
            <li key={one.id}>
              <span className="t2">
                {t.has(`contacts.duty.${one.duty}`) ? t(`contacts.duty.${one.duty}` as 'contacts.duty.operations') : one.duty}
              </span>
              <span>
                {one.name} <span className="t3">{one.hours}</span>
              </span>
              <span className="num">
                {one.phone}
                {one.phone ? <CopyButton value={one.phone} what={t('contacts.phone')} /> : null}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
