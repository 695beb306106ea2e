'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { parseAmount, toDecimal } from '@/domain/money';

type AmountFieldsProps = {
  readonly currency: string;
  readonly minMinor: string | null;
  readonly maxMinor: string | null;
  /** Minor units. */
  readonly onChange: (minMinor: string | null, maxMinor: string | null) => void;
};

/** Two bounds in major units, as people write amounts; an amount the currency cannot carry is not taken. */
export function AmountFields({ currency, minMinor, maxMinor, onChange }: AmountFieldsProps) {
  const t = useTranslations('transactions');
  const shown = (minor: string | null) => (minor === null ? '' : toDecimal({ minor: BigInt(minor), currency }));
  const [min, setMin] = useState(shown(minMinor));
  const [max, setMax] = useState(shown(maxMinor));
  const [wrong, setWrong] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const bounds = [min, max].map((text) => read(text, currency));
    setWrong(bounds.includes(undefined));
    if (!bounds.includes(undefined)) onChange(bounds[0] ?? null, bounds[1] ?? null);
  };
  return (
    <form className="txs-amounts" onSubmit={submit}>
      <p className="meta">{t('filter.amountOf', { currency })}</p>
      <label>
        <span>{t('filter.min')}</span>
        <input className="input" inputMode="decimal" value={min} aria-invalid={wrong} onChange={(event) => setMin(event.target.value)} />
      </label>
      <label>
        <span>{t('filter.max')}</span>
        <input className="input" inputMode="decimal" value={max} aria-invalid={wrong} onChange={(event) => setMax(event.target.value)} />
      </label>
      {wrong ? (
        <p className="wrong" role="alert">
          {t('filter.amountWrong', { currency })}
        </p>
      ) : null}
      <button type="submit" className="btn">
        {t('filter.apply')}
      </button>
    </form>
  );
}

// Null where the field is empty, undefined where it holds no amount.
function read(text: string, currency: string): string | null | undefined {
  const plain = text.replace(/[,，\s]/g, '');
  if (plain === '') return null;
  const parsed = parseAmount(plain, currency);
  return parsed.ok ? parsed.minor.toString() : undefined;
}
