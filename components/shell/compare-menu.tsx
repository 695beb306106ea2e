'use client';

import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { COMPARES, Compare } from '@/domain/time-range';
import { Icon } from '../glyphs/icon';
import { Menu, MenuChoices } from '../ui/menu';
import { useSetAddress } from './use-address';

/** What figures are compared with. */
export function CompareMenu() {
  const t = useTranslations('shell.compare');
  const compare = Compare.parse(useSearchParams().get('compare') ?? undefined);
  const setAddress = useSetAddress();
  return (
    <Menu
      trigger={
        <button type="button" className="btn" aria-label={`${t('label')}: ${t(compare)}`}>
          <span className="v">{t('word')}</span>
          <span>{t(compare)}</span>
          <Icon name="chevron-down" small />
        </button>
      }
    >
      <MenuChoices
        label={t('label')}
        value={compare}
        choices={COMPARES.map((value) => ({ value, label: t(value) }))}
        onChange={(value) => setAddress({ compare: value === 'weekday' ? null : value })}
      />
    </Menu>
  );
}
