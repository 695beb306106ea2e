'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { BUSINESS_TYPES, type BusinessType } from '@/domain/clearing/transaction';
import { currencyPlaces } from '@/domain/currency';
import { TRACE_HOPS_MAX } from '@/domain/tracing/trace-question';
import { Icon } from '../glyphs/icon';
import { Popover } from '../ui/popover';

/** What a trace follows and what not, as its address says it. */
export type TraceConditions = {
  readonly hops: number;
  /** Minor units as a decimal string. */
  readonly minMinor: string;
  readonly types: readonly BusinessType[];
  readonly waitMinutes: number | null;
  readonly hubDegree: number | null;
  readonly through: readonly string[];
};

type ConditionsProps = {
  readonly conditions: TraceConditions;
  readonly currency: string;
  readonly onAsk: (changes: Readonly<Record<string, string>>) => void;
};

/** Hops, least amount, business types, waiting and hubs behind one button; changing them asks another question. */
export function Conditions({ conditions, currency, onAsk }: ConditionsProps) {
  const t = useTranslations('trace.conditions');
  const type = useTranslations('trace.type');
  const [open, setOpen] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const places = currencyPlaces(currency) ?? 2;
  const changed =
    (conditions.minMinor === '0' ? 0 : 1) +
    Number(conditions.types.length > 0) +
    Number(conditions.waitMinutes !== null) +
    Number(conditions.hubDegree !== 5_000);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const read = (name: string) =>
      String(form.get(name) ?? '')
        .replaceAll(',', '')
        .trim();
    const min = minorOf(read('min'), places);
    const wait = hoursOf(read('wait'));
    const hub = read('hub');
    if (min === null) return setWrong(t('wrongMin'));
    if (wait === null) return setWrong(t('wrongWait'));
    if (hub !== '' && !/^[1-9]\d{0,5}$/.test(hub)) return setWrong(t('wrongHub'));
    setWrong(null);
    setOpen(false);
    const types = BUSINESS_TYPES.filter((one) => form.get(`type-${one}`) !== null);
    onAsk({
      hops: read('hops'),
      min: min === '0' ? '' : min,
      type: types.length === BUSINESS_TYPES.length ? '' : types.join(','),
      wait,
      hub: hub === '' ? 'none' : hub === '5000' ? '' : hub,
    });
  };
  return (
    <Popover
      align="end"
      open={open}
      onOpenChange={setOpen}
      label={t('title')}
      trigger={
        <button type="button" className="btn">
          <Icon name="filter" small />
          {t('open')}
          {changed > 0 ? <span className="v">{changed}</span> : null}
        </button>
      }
    >
      <form className="tr-conditions" onSubmit={submit}>
        <label>
          <span>{t('hops')}</span>
          <select className="input" name="hops" defaultValue={conditions.hops}>
            {Array.from({ length: TRACE_HOPS_MAX }, (_, i) => (
              <option key={`hops ${String(i)}`} value={i + 1}>
                {i + 1}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span>{t('min', { currency })}</span>
          <input
            className="input num"
            name="min"
            inputMode="decimal"
            autoComplete="off"
            defaultValue={majorOf(conditions.minMinor, places)}
            placeholder="0"
          />
        </label>
        <label>
          <span>{t('wait')}</span>
          <input
            className="input num"
            name="wait"
            inputMode="decimal"
            autoComplete="off"
            defaultValue={conditions.waitMinutes === null ? '' : conditions.waitMinutes / 60}
            placeholder={t('any')}
          />
        </label>
        <label>
          <span>{t('hub')}</span>
          <input
            className="input num"
            name="hub"
            inputMode="numeric"
            autoComplete="off"
            defaultValue={conditions.hubDegree ?? ''}
            placeholder={t('all')}
          />
        </label>
        <fieldset>
          <legend>{t('types')}</legend>
          {BUSINESS_TYPES.map((one) => (
            <label key={one} className="check">
              <input
                type="checkbox"
                name={`type-${one}`}
                defaultChecked={conditions.types.length === 0 || conditions.types.includes(one)}
              />
              <span>{type(one)}</span>
            </label>
          ))}
        </fieldset>
        <p className="meta">{t('note')}</p>
        <p className="wrong" role="alert">
          {wrong}
        </p>
        <div className="row">
          <span className="sp" />
          <button type="submit" className="btn main">
            {t('apply')}
          </button>
        </div>
      </form>
    </Popover>
  );
}

function minorOf(text: string, places: number): string | null {
  if (text === '') return '0';
  const match = /^(\d{1,14})(?:\.(\d+))?$/.exec(text);
  if (!match || (match[2] ?? '').length > places) return null;
  return BigInt(`${match[1]}${(match[2] ?? '').padEnd(places, '0')}`).toString();
}

function majorOf(minor: string, places: number): string {
  if (minor === '0') return '';
  const digits = minor.padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const part = places === 0 ? '' : digits.slice(-places);
  return /^0*$/.test(part) ? whole : `${whole}.${part}`;
}

// Hours, to the minute; empty is no limit.
function hoursOf(text: string): string | null {
  if (text === '') return '';
  const minutes = Math.round(Number(text) * 60);
  return Number.isFinite(minutes) && minutes >= 1 && minutes <= 1_000_000 ? String(minutes) : null;
}
