'use client';

import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { formatRange, PRESETS, parseRange, type RangeChoice, toBusinessText } from '@/domain/time-range';
import { Icon } from '../glyphs/icon';
import { Popover } from '../ui/popover';
import { useSetAddress } from './use-address';

/** Time range of the page: presets that move with the data, or a span of business time that does not. */
export function RangePicker({ dataAt }: { readonly dataAt: string | null }) {
  const t = useTranslations('shell.range');
  const choice = parseRange(useSearchParams().get('range') ?? undefined);
  const setAddress = useSetAddress();
  const [open, setOpen] = useState(false);
  const [wrong, setWrong] = useState(false);
  const shown = boundsShown(choice, dataAt);
  const choose = (range: string | null) => {
    setOpen(false);
    setWrong(false);
    setAddress({ range });
  };
  const apply = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const moment = (name: string) => String(fields.get(name)).trim().replace(/\s+/, 'T');
    const parsed = parseRange(`${moment('from')}~${moment('to')}`);
    if (parsed.kind === 'absolute') choose(formatRange(parsed.range));
    else setWrong(true);
  };
  const label = choice.kind === 'live' ? t(`presets.${choice.preset}`) : spanLabel(choice);
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label={t('label')}
      trigger={
        <button type="button" className="btn range" aria-label={`${t('label')}: ${label}`}>
          <Icon name={choice.kind === 'live' ? 'clock' : 'calendar'} small />
          <span>{label}</span>
          <Icon name="chevron-down" small />
        </button>
      }
    >
      <div className="range-float">
        <ul>
          {PRESETS.map((preset) => (
            <li key={preset}>
              <button
                type="button"
                className="menu-item"
                aria-pressed={choice.kind === 'live' && choice.preset === preset}
                onClick={() => choose(preset === '24h' ? null : preset)}
              >
                <span className="menu-tick">{choice.kind === 'live' && choice.preset === preset ? <Icon name="check" small /> : null}</span>
                {t(`presets.${preset}`)}
              </button>
            </li>
          ))}
        </ul>
        <form onSubmit={apply}>
          <h3>{t('absolute')}</h3>
          <label>
            <span>{t('from')}</span>
            <input
              className="input"
              name="from"
              required
              defaultValue={shown.from}
              aria-invalid={wrong}
              inputMode="numeric"
              autoComplete="off"
            />
          </label>
          <label>
            <span>{t('to')}</span>
            <input
              className="input"
              name="to"
              required
              defaultValue={shown.to}
              aria-invalid={wrong}
              inputMode="numeric"
              autoComplete="off"
            />
          </label>
          <p className={wrong ? 'wrong' : 'meta'} role={wrong ? 'alert' : undefined}>
            {wrong ? t('wrong') : t('zone')}
          </p>
          <button type="submit" className="btn main">
            {t('apply')}
          </button>
        </form>
      </div>
    </Popover>
  );
}

function boundsShown(choice: RangeChoice, dataAt: string | null): { from: string; to: string } {
  const to = dataAt === null ? new Date() : new Date(dataAt);
  const range = choice.kind === 'absolute' ? choice.range : { from: new Date(to.getTime() - 86_400_000), to };
  const field = (at: Date) => toBusinessText(at).slice(0, 16);
  return { from: field(range.from), to: field(range.to) };
}

// "11-22 09:00 – 11-23 09:00"; the year where the two differ, no clock where both are midnight.
function spanLabel({ range }: Extract<RangeChoice, { kind: 'absolute' }>): string {
  const from = toBusinessText(range.from);
  const to = toBusinessText(range.to);
  const years = from.slice(0, 4) !== to.slice(0, 4) ? 0 : 5;
  const days = from.endsWith('00:00:00') && to.endsWith('00:00:00');
  return `${from.slice(years, days ? 10 : 16)} – ${to.slice(years, days ? 10 : 16)}`;
}
