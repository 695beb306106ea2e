'use client';

import { useTranslations } from 'next-intl';
import { Icon } from '@/components/glyphs/icon';
import { useSetAddress } from '@/components/shell/use-address';
import { Menu, MenuChoices } from '@/components/ui/menu';
import { SORTS, type Sort } from '@/domain/alerts/alert-filter';

/** What the list is ordered by. */
export function SortMenu({ sort }: { readonly sort: Sort }) {
  const t = useTranslations('alerts.sort');
  const set = useSetAddress();
  return (
    <Menu
      align="end"
      trigger={
        <button type="button" className="al-sort">
          {t(sort)}
          <Icon name="chevron-down" small />
        </button>
      }
    >
      <MenuChoices
        label={t('label')}
        value={sort}
        choices={SORTS.map((value) => ({ value, label: t(value) }))}
        onChange={(value) => set({ sort: value === 'score' ? null : value, alert: null })}
      />
    </Menu>
  );
}
