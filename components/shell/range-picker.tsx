'use client';

import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { parseRange, type RangeChoice, toBusinessText } from '@/domain/time-range';
import { Icon } from '../glyphs/icon';
import { Popover } from '../ui/popover';
import { RangeChoices } from './range-choices';
import { useSetAddress } from './use-address';

/** Time range of the page, named on its button. */
export function RangePicker({ dataAt }: { readonly dataAt: string | null }) {
  const t = useTranslations('shell.range');
  const choice = parseRange(useSearchParams().get('range') ?? undefined);
  const setAddress = useSetAddress();
  const [open, setOpen] = useState(false);
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
      <RangeChoices
        dataAt={dataAt}
        onChoose={(range) => {
          setOpen(false);
          setAddress({ range });
        }}
      />
    </Popover>
  );
}

// "11-22 09:00 – 11-23 09:00"; the year where the two differ, no clock where both are midnight.
function spanLabel({ range }: Extract<RangeChoice, { kind: 'absolute' }>): string {
  const from = toBusinessText(range.from);
  const to = toBusinessText(range.to);
  const years = from.slice(0, 4) !== to.slice(0, 4) ? 0 : 5;
  const days = from.endsWith('00:00:00') && to.endsWith('00:00:00');
  return `${from.slice(years, days ? 10 : 16)} – ${to.slice(years, days ? 10 : 16)}`;
}
