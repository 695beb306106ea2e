'use client';

import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { DAY_MS, formatRange, PRESETS, parseRange, type RangeChoice, startOfBusinessDay, toBusinessText } from '@/domain/time-range';
import { Icon } from '../glyphs/icon';

type RangeChoicesProps = {
  readonly dataFrom: string | null;
  readonly dataAt: string | null;
  /** The range as it stands in the address; null for the usual one. */
  readonly onChoose: (range: string | null) => void;
};

/** Presets that move with the data, and a form for a span of business time that does not. */
export function RangeChoices({ dataFrom, dataAt, onChoose }: RangeChoicesProps) {
  const t = useTranslations('shell.range');
  const choice = parseRange(useSearchParams().get('range') ?? undefined);
  const [wrong, setWrong] = useState(false);
  const shown = boundsShown(choice, dataAt);
  const whole = wholeRange(dataFrom, dataAt);
  const isWhole = choice.kind === 'absolute' && formatRange(choice.range) === whole;
  const apply = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const moment = (name: string) => String(fields.get(name)).trim().replace(/\s+/, 'T');
    const parsed = parseRange(`${moment('from')}~${moment('to')}`);
    setWrong(parsed.kind !== 'absolute');
    if (parsed.kind === 'absolute') onChoose(formatRange(parsed.range));
  };
  return (
    <div className="range-float">
      <ul>
        {PRESETS.map((preset) => (
          <li key={preset}>
            <button
              type="button"
              className="menu-item"
              aria-pressed={choice.kind === 'live' && choice.preset === preset}
              onClick={() => onChoose(preset === '24h' ? null : preset)}
            >
              <span className="menu-tick">{choice.kind === 'live' && choice.preset === preset ? <Icon name="check" small /> : null}</span>
              {t(`presets.${preset}`)}
            </button>
          </li>
        ))}
        {whole === null ? null : (
          <li>
            <button type="button" className="menu-item" aria-pressed={isWhole} onClick={() => onChoose(whole)}>
              <span className="menu-tick">{isWhole ? <Icon name="check" small /> : null}</span>
              {t('all')}
            </button>
          </li>
        )}
      </ul>
      <form onSubmit={apply}>
        <h3>{t('absolute')}</h3>
        <Bound name="from" label={t('from')} value={shown.from} wrong={wrong} />
        <Bound name="to" label={t('to')} value={shown.to} wrong={wrong} />
        <p className={wrong ? 'wrong' : 'meta'} role={wrong ? 'alert' : undefined}>
          {wrong ? t('wrong') : t('zone')}
        </p>
        <button type="submit" className="btn main">
          {t('apply')}
        </button>
      </form>
    </div>
  );
}

/** Every business day that holds data, as the address writes it. */
function wholeRange(dataFrom: string | null, dataAt: string | null): string | null {
  if (dataFrom === null || dataAt === null) return null;
  return formatRange({
    from: startOfBusinessDay(new Date(dataFrom)),
    to: new Date(startOfBusinessDay(new Date(dataAt)).getTime() + DAY_MS),
  });
}

type BoundProps = { readonly name: string; readonly label: string; readonly value: string; readonly wrong: boolean };

function Bound({ name, label, value, wrong }: BoundProps) {
  return (
    <label>
      <span>{label}</span>
      <input className="input" name={name} required defaultValue={value} aria-invalid={wrong} inputMode="numeric" autoComplete="off" />
    </label>
  );
}

function boundsShown(choice: RangeChoice, dataAt: string | null): { from: string; to: string } {
  const to = dataAt === null ? new Date() : new Date(dataAt);
  const range = choice.kind === 'absolute' ? choice.range : { from: new Date(to.getTime() - 86_400_000), to };
  const field = (at: Date) => toBusinessText(at).slice(0, 16);
  return { from: field(range.from), to: field(range.to) };
}
