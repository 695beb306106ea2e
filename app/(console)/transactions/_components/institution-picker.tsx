'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import type { NamedInstitution } from '@/domain/transactions/transaction-row';

export type Suggest = (text: string) => Promise<readonly NamedInstitution[]>;
type InstitutionPickerProps = {
  readonly label: string;
  readonly chosen: readonly NamedInstitution[];
  readonly suggest: Suggest;
  readonly onChange: (codes: readonly string[]) => void;
};

const PAUSE_MS = 150;

/** Institutions to filter by: type a part of a name, a code or pinyin initials, and tick. */
export function InstitutionPicker({ label, chosen, suggest, onChange }: InstitutionPickerProps) {
  const t = useTranslations('transactions');
  const [text, setText] = useState('');
  const known = chosen.map(({ code }) => code);
  const [ticked, setTicked] = useState<readonly string[]>(known);
  const [told, setTold] = useState<readonly string[]>(known);
  // The address has the last word: Back unticks what it undoes.
  if (told.join() !== known.join()) {
    setTold(known);
    setTicked(known);
  }
  const [offered, setOffered] = useState<readonly NamedInstitution[] | null>(null);
  useEffect(() => {
    const wanted = text.trim();
    if (wanted === '') {
      setOffered(null);
      return;
    }
    let asked = true;
    const timer = setTimeout(() => {
      suggest(wanted).then(
        (found) => asked && setOffered(found),
        () => asked && setOffered([]),
      );
    }, PAUSE_MS);
    return () => {
      asked = false;
      clearTimeout(timer);
    };
  }, [text, suggest]);

  const codes = ticked;
  const listed = [...chosen, ...(offered ?? []).filter(({ code }) => !chosen.some((one) => one.code === code))];
  const toggle = (code: string) => {
    const next = codes.includes(code) ? codes.filter((one) => one !== code) : [...codes, code];
    setTicked(next);
    onChange(next);
  };
  return (
    <div className="txs-picker">
      <input
        className="input"
        type="text"
        value={text}
        aria-label={`${label}: ${t('filter.institutionHint')}`}
        placeholder={t('filter.institutionHint')}
        onChange={(event) => setText(event.target.value)}
      />
      <fieldset className="txs-checks">
        <legend className="visually-hidden">{label}</legend>
        {listed.map(({ code, name }) => (
          <label key={code} className="menu-item">
            <input type="checkbox" checked={codes.includes(code)} onChange={() => toggle(code)} />
            {name}
            <span className="code">{code}</span>
          </label>
        ))}
        {offered?.length === 0 && listed.length === chosen.length ? <p className="meta">{t('filter.institutionNone')}</p> : null}
      </fieldset>
    </div>
  );
}
