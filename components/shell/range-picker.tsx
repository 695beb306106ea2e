'use client';

import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { spanText } from '@/domain/format/span';
import { parseRange } from '@/domain/time-range';
import { Icon } from '../glyphs/icon';
import { Popover } from '../ui/popover';
import { RangeChoices } from './range-choices';
import { useSetAddress } from './use-address';

/** Time range of the page, named on its button. */
export function RangePicker({ dataFrom, dataAt }: { readonly dataFrom: string | null; readonly dataAt: string | null }) {
  const t = useTranslations('shell.range');
  const choice = parseRange(useSearchParams().get('range') ?? undefined);
  const setAddress = useSetAddress();
  const [open, setOpen] = useState(false);
  const label = choice.kind === 'live' ? t(`presets.${choice.preset}`) : spanText(choice.range);
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
        dataFrom={dataFrom}
        dataAt={dataAt}
        onChoose={(range) => {
          setOpen(false);
          setAddress({ range });
        }}
      />
    </Popover>
  );
}
