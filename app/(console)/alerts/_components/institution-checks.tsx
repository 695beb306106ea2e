'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import type { AlertParty } from '@/domain/alerts/alert-row';
import { suggestInstitutions } from '../actions';

const PAUSE_MS = 150;

/** Institutions to narrow by: type a part of a name, a code or pinyin initials, and tick. */
export function InstitutionChecks({
  chosen,
  onChange,
}: {
  readonly chosen: readonly AlertParty[];
  readonly onChange: (codes: readonly string[]) => void;
}) {
  const t = useTranslations('alerts.filter');
  const [text, setText] = useState('');
  const [offered, setOffered] = useState<readonly AlertParty[]>([]);
  const wanted = text.trim();
  useEffect(() => {
    if (wanted === '') return setOffered([]);
    let asked = true;
    const timer = setTimeout(() => {
      suggestInstitutions(wanted).then(
        (found) => asked && setOffered(found),
        () => asked && setOffered([]),
      );
    }, PAUSE_MS);
    return () => {
      asked = false;
      clearTimeout(timer);
    };
  }, [wanted]);
  const codes = chosen.map(({ code }) => code);
  const listed = [...chosen, ...offered.filter(({ code }) => !codes.includes(code))];
  return (
    <div className="al-kinds">
      <input
        className="input"
        value={text}
        aria-label={t('findInstitution')}
        placeholder={t('findInstitution')}
        onChange={(event) => setText(event.target.value)}
      />
      <fieldset className="al-checks">
        <legend className="visually-hidden">{t('institution')}</legend>
        {listed.map(({ code, name }) => (
          <label key={code} className="menu-item">
            <input
              type="checkbox"
              checked={codes.includes(code)}
              onChange={() => onChange(codes.includes(code) ? codes.filter((one) => one !== code) : [...codes, code])}
            />
            {name}
            <span className="code">{code}</span>
          </label>
        ))}
        {wanted !== '' && listed.length === 0 ? <p className="al-none meta">{t('noInstitution')}</p> : null}
      </fieldset>
    </div>
  );
}
